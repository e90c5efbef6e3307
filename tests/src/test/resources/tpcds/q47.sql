-- Months in which a brand's sales in a store were off the year's mean, with the months before and after
WITH monthly AS (
    SELECT
        i_category,
        i_brand,
        s_store_name,
        s_company_name,
        d_year,
        d_moy,
        sum(ss_sales_price) AS sum_sales,
        avg(sum(ss_sales_price)) OVER (PARTITION BY i_category, i_brand, s_store_name, s_company_name, d_year) AS avg_monthly_sales,
        rank() OVER (PARTITION BY i_category, i_brand, s_store_name, s_company_name ORDER BY d_year, d_moy) AS place
    FROM store_sales
    JOIN item ON i_item_sk = ss_item_sk
    JOIN store ON s_store_sk = ss_store_sk
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    WHERE d_year = 1999
       OR (d_year = 1999 - 1 AND d_moy = 12)
       OR (d_year = 1999 + 1 AND d_moy = 1)
    GROUP BY i_category, i_brand, s_store_name, s_company_name, d_year, d_moy
)
SELECT
    cur.i_category,
    cur.i_brand,
    cur.s_store_name,
    cur.s_company_name,
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
  AND prev.s_store_name = cur.s_store_name
  AND prev.s_company_name = cur.s_company_name
  AND prev.place = cur.place - 1
JOIN monthly next
  ON next.i_category = cur.i_category
  AND next.i_brand = cur.i_brand
  AND next.s_store_name = cur.s_store_name
  AND next.s_company_name = cur.s_company_name
  AND next.place = cur.place + 1
WHERE cur.d_year = 1999
  AND cur.avg_monthly_sales > 0
  AND abs(cur.sum_sales - cur.avg_monthly_sales) > 0.1 * cur.avg_monthly_sales
ORDER BY cur.sum_sales - cur.avg_monthly_sales, cur.s_store_name, cur.i_category, cur.i_brand, cur.s_company_name, cur.d_moy
LIMIT 100
