-- Customers of one state who returned over a fifth more web purchases than was usual in the state of the return
WITH returned AS (
    SELECT wr_returning_customer_sk AS customer_sk, ca_state AS state, sum(wr_return_amt) AS amount
    FROM web_returns
    JOIN date_dim ON d_date_sk = wr_returned_date_sk
    JOIN customer_address ON ca_address_sk = wr_returning_addr_sk
    WHERE d_year = 2002
    GROUP BY wr_returning_customer_sk, ca_state
),
usual AS (
    SELECT state, avg(amount) * 1.2 AS threshold
    FROM returned
    GROUP BY state
)
SELECT
    c_customer_id,
    c_salutation,
    c_first_name,
    c_last_name,
    c_preferred_cust_flag,
    c_birth_day,
    c_birth_month,
    c_birth_year,
    c_birth_country,
    c_login,
    c_email_address,
    c_last_review_date_sk,
    amount AS total_return
FROM returned
JOIN usual ON usual.state = returned.state
JOIN customer ON c_customer_sk = customer_sk
JOIN customer_address ON ca_address_sk = c_current_addr_sk
WHERE amount > threshold
  AND ca_state = 'GA'
ORDER BY
    c_customer_id,
    c_salutation,
    c_first_name,
    c_last_name,
    c_preferred_cust_flag,
    c_birth_day,
    c_birth_month,
    c_birth_year,
    c_birth_country,
    c_login,
    c_email_address,
    c_last_review_date_sk,
    total_return
LIMIT 100
