-- Months in which a brand's sales by a call center were off the year's mean, with the months before and after
WITH monthly AS (
    SELECT
        i_category,
        i_brand,
        cc_name,
        d_year,
        d_moy,
        sum(cs_sales_price) AS sum_sales,
        avg(sum(cs_sales_price)) OVER (PARTITION BY i_category, i_brand, cc_name, d_year) AS avg_monthly_sales,
        rank() OVER (PARTITION BY i_category, i_brand, cc_name ORDER BY d_year, d_moy) AS place
    FROM catalog_sales
    JOIN item ON i_item_sk = cs_item_sk
    JOIN call_center ON cc_call_center_sk = cs_call_center_sk
    JOIN date_dim ON d_date_sk = cs_sold_date_sk
    WHERE d_year = 1999
       OR (d_year = 1999 - 1 AND d_moy = 12)
       OR (d_year = 1999 + 1 AND d_moy = 1)
    GROUP BY i_category, i_brand, cc_name, d_year, d_moy
)
SELECT
    cur.i_category,
    cur.i_brand,
    cur.cc_name,
    cur.d_year,
    cur.d_moy,
    cur.avg_monthly_sales,
    cur.sum_sales,
    prev.sum_sales AS psum,
    next.sum_sales AS nsum
FROM monthly cur
JOIN monthly prev
  ON prev.i_category = cur.i_category
  AND prev.i_brand = cur.i_brand
  AND prev.cc_name = cur.cc_name
  AND prev.place = cur.place - 1
JOIN monthly next
  ON next.i_category = cur.i_category
  AND next.i_brand = cur.i_brand
  AND next.cc_name = cur.cc_name
  AND next.place = cur.place + 1
WHERE cur.d_year = 1999
  AND cur.avg_monthly_sales > 0
  AND abs(cur.sum_sales - cur.avg_monthly_sales) > 0.1 * cur.avg_monthly_sales
ORDER BY cur.sum_sales - cur.avg_monthly_sales, cur.cc_name, cur.i_category, cur.i_brand, cur.d_moy
LIMIT 100
