-- Above-average sales of the brands, classes and categories sold in all three channels
WITH sales AS (
    SELECT 'store' AS channel, ss_item_sk AS item_sk, ss_sold_date_sk AS date_sk, ss_quantity * ss_list_price AS amount FROM store_sales
    UNION ALL
    SELECT 'catalog', cs_item_sk, cs_sold_date_sk, cs_quantity * cs_list_price FROM catalog_sales
    UNION ALL
    SELECT 'web', ws_item_sk, ws_sold_date_sk, ws_quantity * ws_list_price FROM web_sales
),
dated AS (
    SELECT channel, i_item_sk, i_brand_id, i_class_id, i_category_id, amount, d_year, d_moy
    FROM sales
    JOIN date_dim ON d_date_sk = date_sk
    JOIN item ON i_item_sk = item_sk
    WHERE d_year BETWEEN 1999 AND 1999 + 2
),
common AS (
    SELECT i_brand_id, i_class_id, i_category_id FROM dated WHERE channel = 'store'
    INTERSECT
    SELECT i_brand_id, i_class_id, i_category_id FROM dated WHERE channel = 'catalog'
    INTERSECT
    SELECT i_brand_id, i_class_id, i_category_id FROM dated WHERE channel = 'web'
),
grouped AS (
    SELECT channel, i_brand_id, i_class_id, i_category_id, sum(amount) AS sales, count(*) AS number_sales
    FROM dated
    JOIN common USING (i_brand_id, i_class_id, i_category_id)
    WHERE d_year = 1999 + 2
      AND d_moy = 11
    GROUP BY channel, i_brand_id, i_class_id, i_category_id
    HAVING sum(amount) > (
        SELECT avg(amount)
        FROM sales
        JOIN date_dim ON d_date_sk = date_sk
        WHERE d_year BETWEEN 1999 AND 1999 + 2)
)
SELECT channel, i_brand_id, i_class_id, i_category_id, sum(sales) AS sum_sales, sum(number_sales) AS number_sales
FROM grouped
GROUP BY ROLLUP (channel, i_brand_id, i_class_id, i_category_id)
ORDER BY channel, i_brand_id, i_class_id, i_category_id
LIMIT 100
