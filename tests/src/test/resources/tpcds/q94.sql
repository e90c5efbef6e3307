-- Web orders shipped to one state from more than one warehouse, of which nothing came back
SELECT
    count(DISTINCT ws_order_number) AS order_count,
    sum(ws_ext_ship_cost) AS total_shipping_cost,
    sum(ws_net_profit) AS total_net_profit
FROM web_sales AS sale
JOIN date_dim ON d_date_sk = sale.ws_ship_date_sk
JOIN customer_address ON ca_address_sk = sale.ws_ship_addr_sk
JOIN web_site ON web_site_sk = sale.ws_web_site_sk
WHERE d_date BETWEEN DATE '1999-02-01' AND DATE '1999-02-01' + INTERVAL '60' DAY
  AND ca_state = 'IL'
  AND web_company_name = 'pri'
  AND EXISTS (
    SELECT 1
    FROM web_sales AS other
    WHERE other.ws_order_number = sale.ws_order_number
      AND other.ws_warehouse_sk <> sale.ws_warehouse_sk)
  AND NOT EXISTS (SELECT 1 FROM web_returns WHERE wr_order_number = sale.ws_order_number)
ORDER BY order_count
LIMIT 100
