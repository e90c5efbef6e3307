-- States with ten customers or more who bought items well above their category's average price
WITH category_price AS (
    SELECT i_category AS category, avg(i_current_price) AS average
    FROM item
    GROUP BY i_category
)
SELECT ca_state AS state, count(*) AS cnt
FROM customer_address
JOIN customer ON c_current_addr_sk = ca_address_sk
JOIN store_sales ON ss_customer_sk = c_customer_sk
JOIN date_dim ON d_date_sk = ss_sold_date_sk
JOIN item ON i_item_sk = ss_item_sk
JOIN category_price ON category = i_category
WHERE d_month_seq = (SELECT DISTINCT d_month_seq FROM date_dim WHERE d_year = 2001 AND d_moy = 1)
  AND i_current_price > 1.2 * average
GROUP BY ca_state
HAVING count(*) >= 10
ORDER BY cnt, state
LIMIT 100
