-- Web discounts far above an item's average
WITH discounted AS (
    SELECT ws_item_sk, ws_ext_discount_amt
    FROM web_sales
    JOIN date_dim ON d_date_sk = ws_sold_date_sk
    WHERE d_date BETWEEN DATE '2000-01-27' AND DATE '2000-01-27' + INTERVAL '90' DAY
)
SELECT sum(ws_ext_discount_amt) AS excess_discount_amount
FROM discounted
JOIN item ON i_item_sk = ws_item_sk
WHERE i_manufact_id = 350
  AND ws_ext_discount_amt > (SELECT 1.3 * avg(other.ws_ext_discount_amt) FROM discounted AS other WHERE other.ws_item_sk = i_item_sk)
