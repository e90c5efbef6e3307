-- What the best store customers spent in other channels on items the stores often sell (first variant)
WITH frequent AS (
    SELECT item_sk
    FROM (
        SELECT substr(i_item_desc, 1, 30) AS description, i_item_sk AS item_sk, d_date
        FROM store_sales
        JOIN date_dim ON d_date_sk = ss_sold_date_sk
        JOIN item ON i_item_sk = ss_item_sk
        WHERE d_year BETWEEN 2000 AND 2000 + 3
    )
    GROUP BY description, item_sk, d_date
    HAVING count(*) > 4
),
top_amount AS (
    SELECT max(spent) AS amount
    FROM (
        SELECT sum(ss_quantity * ss_sales_price) AS spent
        FROM store_sales
        JOIN customer ON c_customer_sk = ss_customer_sk
        JOIN date_dim ON d_date_sk = ss_sold_date_sk
        WHERE d_year BETWEEN 2000 AND 2000 + 3
        GROUP BY c_customer_sk
    )
),
best AS (
    SELECT c_customer_sk AS customer_sk
    FROM store_sales
    JOIN customer ON c_customer_sk = ss_customer_sk
    GROUP BY c_customer_sk
    HAVING sum(ss_quantity * ss_sales_price) > 0.50 * (SELECT amount FROM top_amount)
),
elsewhere AS (
    SELECT cs_sold_date_sk AS date_sk, cs_item_sk AS item_sk, cs_bill_customer_sk AS customer_sk, cs_quantity * cs_list_price AS amount
    FROM catalog_sales
    UNION ALL
    SELECT ws_sold_date_sk, ws_item_sk, ws_bill_customer_sk, ws_quantity * ws_list_price
    FROM web_sales
)
SELECT sum(amount) AS total
FROM elsewhere
JOIN date_dim ON d_date_sk = date_sk
WHERE d_year = 2000
  AND d_moy = 2
  AND item_sk IN (SELECT item_sk FROM frequent)
  AND customer_sk IN (SELECT customer_sk FROM best)
LIMIT 100
