-- Customers who returned over a fifth more than the average customer of the same store
WITH returned AS (
    SELECT sr_customer_sk AS customer_sk, sr_store_sk AS store_sk, sum(sr_return_amt) AS amount
    FROM store_returns
    JOIN date_dim ON d_date_sk = sr_returned_date_sk
    WHERE d_year = 2000
    GROUP BY sr_customer_sk, sr_store_sk
),
usual AS (
    SELECT store_sk, avg(amount) * 1.2 AS threshold
    FROM returned
    GROUP BY store_sk
)
SELECT c_customer_id
FROM returned
JOIN usual ON usual.store_sk = returned.store_sk
JOIN store ON s_store_sk = returned.store_sk
JOIN customer ON c_customer_sk = customer_sk
WHERE amount > threshold
  AND s_state = 'TN'
ORDER BY c_customer_id
LIMIT 100
