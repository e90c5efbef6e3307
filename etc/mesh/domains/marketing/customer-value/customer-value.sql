-- One row for each customer that was billed and has a segment
WITH bills AS (
    SELECT customer_id, sum(billed) AS billed
    FROM finance.receivables
    GROUP BY customer_id
)
SELECT
    c.customer_id,
    c.region,
    s.segment,
    c.orders,
    b.billed
FROM sales.customer_360 c
JOIN customer_segments s ON s.customer_id = c.customer_id
JOIN bills b ON b.customer_id = c.customer_id
