-- Catalog discounts far above an item's average
WITH discounted AS (
    SELECT cs_item_sk, cs_ext_discount_amt
    FROM catalog_sales
    JOIN date_dim ON d_date_sk = cs_sold_date_sk
    WHERE d_date BETWEEN DATE '2000-01-27' AND DATE '2000-01-27' + INTERVAL '90' DAY
)
SELECT sum(cs_ext_discount_amt) AS excess_discount_amount
FROM discounted
JOIN item ON i_item_sk = cs_item_sk
WHERE i_manufact_id = 977
  AND cs_ext_discount_amt > (SELECT 1.3 * avg(other.cs_ext_discount_amt) FROM discounted AS other WHERE other.cs_item_sk = i_item_sk)
