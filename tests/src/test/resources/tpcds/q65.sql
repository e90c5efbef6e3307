-- Items that sell at most a tenth of their store's average
WITH revenue AS (
    SELECT ss_store_sk, ss_item_sk, sum(ss_sales_price) AS revenue
    FROM store_sales
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    WHERE d_month_seq BETWEEN 1176 AND 1176 + 11
    GROUP BY ss_store_sk, ss_item_sk
),
average AS (
    SELECT ss_store_sk AS store_sk, avg(revenue) AS ave FROM revenue GROUP BY ss_store_sk
)
SELECT s_store_name, i_item_desc, revenue, i_current_price, i_wholesale_cost, i_brand
FROM store
JOIN average ON store_sk = s_store_sk
JOIN revenue ON ss_store_sk = s_store_sk
JOIN item ON i_item_sk = ss_item_sk
WHERE revenue <= 0.1 * ave
ORDER BY s_store_name, i_item_desc, revenue, i_current_price, i_wholesale_cost, i_brand
LIMIT 100
