-- Revenue of the items of three colours through all channels
WITH chosen AS (
    SELECT DISTINCT i_item_id AS item_id FROM item WHERE i_color IN ('slate', 'blanched', 'burnished')
),
sales AS (
    SELECT ss_item_sk AS item_sk, ss_sold_date_sk AS date_sk, ss_addr_sk AS addr_sk, ss_ext_sales_price AS price FROM store_sales
    UNION ALL
    SELECT cs_item_sk, cs_sold_date_sk, cs_bill_addr_sk, cs_ext_sales_price FROM catalog_sales
    UNION ALL
    SELECT ws_item_sk, ws_sold_date_sk, ws_bill_addr_sk, ws_ext_sales_price FROM web_sales
)
SELECT i_item_id, sum(price) AS total_sales
FROM sales
JOIN item ON i_item_sk = item_sk
JOIN chosen ON item_id = i_item_id
JOIN date_dim ON d_date_sk = date_sk
JOIN customer_address ON ca_address_sk = addr_sk
WHERE d_year = 2001
  AND d_moy = 2
  AND ca_gmt_offset = -5
GROUP BY i_item_id
ORDER BY total_sales, i_item_id
LIMIT 100
