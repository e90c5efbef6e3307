-- What customers really paid, less what they returned for one reason
SELECT ss_customer_sk, sum(CASE WHEN sr_return_quantity IS NOT NULL THEN (ss_quantity - sr_return_quantity) * ss_sales_price ELSE ss_quantity * ss_sales_price END) AS sumsales
FROM store_sales
JOIN store_returns ON sr_item_sk = ss_item_sk AND sr_ticket_number = ss_ticket_number
JOIN reason ON r_reason_sk = sr_reason_sk
WHERE r_reason_desc = 'reason 28'
GROUP BY ss_customer_sk
ORDER BY sumsales, ss_customer_sk
LIMIT 100
