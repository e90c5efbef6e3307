-- Manufacturers with a quarter far from their average
WITH quarters AS (
    SELECT
        i_manufact_id,
        d_qoy,
        sum(ss_sales_price) AS sum_sales,
        avg(sum(ss_sales_price)) OVER (PARTITION BY i_manufact_id) AS avg_quarterly_sales
    FROM item
    JOIN store_sales ON ss_item_sk = i_item_sk
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    JOIN store ON s_store_sk = ss_store_sk
    WHERE d_month_seq BETWEEN 1200 AND 1200 + 11
      AND ((i_category IN ('Books', 'Children', 'Electronics')
              AND i_class IN ('personal', 'portable', 'reference', 'self-help')
              AND i_brand IN ('scholaramalgamalg #14', 'scholaramalgamalg #7', 'exportiunivamalg #9', 'scholaramalgamalg #9'))
        OR (i_category IN ('Women', 'Music', 'Men')
              AND i_class IN ('accessories', 'classical', 'fragrances', 'pants')
              AND i_brand IN ('amalgimporto #1', 'edu packscholar #1', 'exportiimporto #1', 'importoamalg #1')))
    GROUP BY i_manufact_id, d_qoy
)
SELECT i_manufact_id, sum_sales, avg_quarterly_sales
FROM quarters
WHERE avg_quarterly_sales > 0
  AND abs(sum_sales - avg_quarterly_sales) / avg_quarterly_sales > 0.1
ORDER BY avg_quarterly_sales, sum_sales, i_manufact_id
LIMIT 100
