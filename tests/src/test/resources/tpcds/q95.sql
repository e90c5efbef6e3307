-- Web orders shipped to one state from more than one warehouse, of which something came back
WITH split_orders AS (
    SELECT a.ws_order_number AS order_number
    FROM web_sales AS a
    JOIN web_sales AS b ON b.ws_order_number = a.ws_order_number
    WHERE a.ws_warehouse_sk <> b.ws_warehouse_sk
)
SELECT
    count(DISTINCT ws_order_number) AS order_count,
    sum(ws_ext_ship_cost) AS total_shipping_cost,
    sum(ws_net_profit) AS total_net_profit
FROM web_sales
JOIN date_dim ON d_date_sk = ws_ship_date_sk
JOIN customer_address ON ca_address_sk = ws_ship_addr_sk
JOIN web_site ON web_site_sk = ws_web_site_sk
WHERE d_date BETWEEN DATE '1999-02-01' AND DATE '1999-02-01' + INTERVAL '60' DAY
  AND ca_state = 'IL'
  AND web_company_name = 'pri'
  AND ws_order_number IN (SELECT order_number FROM split_orders)
  AND ws_order_number IN (SELECT wr_order_number FROM web_returns JOIN split_orders ON order_number = wr_order_number)
ORDER BY order_count
LIMIT 100
