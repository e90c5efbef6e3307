-- Quantities of items sold in a store, returned within months, then sold from the catalog within years
SELECT
    i_item_id,
    i_item_desc,
    s_store_id,
    s_store_name,
    sum(ss_quantity) AS store_sales_quantity,
    sum(sr_return_quantity) AS store_returns_quantity,
    sum(cs_quantity) AS catalog_sales_quantity
FROM store_sales
JOIN store_returns ON sr_customer_sk = ss_customer_sk AND sr_item_sk = ss_item_sk AND sr_ticket_number = ss_ticket_number
JOIN catalog_sales ON cs_bill_customer_sk = sr_customer_sk AND cs_item_sk = sr_item_sk
JOIN date_dim sold ON sold.d_date_sk = ss_sold_date_sk
JOIN date_dim returned ON returned.d_date_sk = sr_returned_date_sk
JOIN date_dim again ON again.d_date_sk = cs_sold_date_sk
JOIN store ON s_store_sk = ss_store_sk
JOIN item ON i_item_sk = ss_item_sk
WHERE sold.d_year = 1999
  AND sold.d_moy = 9
  AND returned.d_year = 1999
  AND returned.d_moy BETWEEN 9 AND 9 + 3
  AND again.d_year IN (1999, 1999 + 1, 1999 + 2)
GROUP BY i_item_id, i_item_desc, s_store_id, s_store_name
ORDER BY i_item_id, i_item_desc, s_store_id, s_store_name
LIMIT 100
