-- marketing: what campaigns bring, and who the customers are. Built on what sales publishes.
-- Run as the pipeline user with the TPC-DS generator as session catalog. Running it again changes nothing.

CREATE SCHEMA IF NOT EXISTS lake.marketing;

-- Every transaction that a campaign touched, its amount shared among the campaigns by the lines each one touched
CREATE TABLE IF NOT EXISTS lake.marketing.attribution
WITH (partitioning = ARRAY['year(transaction_date)'], sorted_by = ARRAY['campaign_id'])
AS
WITH touches AS (
    SELECT
        'WEB-' || lpad(CAST(ws_order_number AS varchar), 10, '0') AS transaction_id,
        ws_promo_sk AS campaign,
        ws_order_number + ws_promo_sk AS touch,
        count(*) AS lines
    FROM web_sales
    WHERE ws_promo_sk IS NOT NULL
    GROUP BY ws_order_number, ws_promo_sk
    UNION ALL
    SELECT
        'CAT-' || lpad(CAST(cs_order_number AS varchar), 10, '0'),
        cs_promo_sk,
        cs_order_number + cs_promo_sk,
        count(*)
    FROM catalog_sales
    WHERE cs_promo_sk IS NOT NULL
    GROUP BY cs_order_number, cs_promo_sk
),
weights AS (
    SELECT
        transaction_id,
        campaign,
        touch,
        CAST(lines AS double) / sum(lines) OVER (PARTITION BY transaction_id) AS weight
    FROM touches
)
SELECT
    t.transaction_id,
    t.customer_id,
    'CMP-' || lpad(CAST(w.campaign AS varchar), 6, '0') AS campaign_id,
    CAST(element_at(
        ARRAY['email', 'search', 'social', 'direct-mail', 'display'],
        1 + CAST(w.touch % 5 AS integer)) AS varchar) AS touchpoint,
    CAST(w.weight AS decimal(5,4)) AS weight,
    CAST(t.amount * CAST(w.weight AS decimal(5,4)) AS decimal(12,2)) AS attributed_revenue,
    t.transaction_date
FROM weights w
JOIN lake.sales.customer_transactions t ON t.transaction_id = w.transaction_id;

CREATE TABLE IF NOT EXISTS lake.marketing.campaign_performance
WITH (partitioning = ARRAY['year(month)'], sorted_by = ARRAY['month', 'campaign_id'])
AS
SELECT
    CAST(date_trunc('month', a.transaction_date) AS date) AS month,
    a.campaign_id,
    'Campaign ' || upper(trim(CAST(max(p.p_promo_name) AS varchar))) AS campaign_name,
    a.touchpoint,
    count(DISTINCT a.transaction_id) AS orders,
    count(DISTINCT a.customer_id) AS customers,
    CAST(sum(a.attributed_revenue) AS decimal(18,2)) AS attributed_revenue,
    CAST(coalesce(max(p.p_cost), 0) / 60 + count(*) * (150 + 90 * length(a.touchpoint)) AS decimal(18,2)) AS cost,
    CAST(sum(a.attributed_revenue) AS double)
        / CAST(coalesce(max(p.p_cost), 0) / 60 + count(*) * (150 + 90 * length(a.touchpoint)) AS double) AS return_on_spend
FROM lake.marketing.attribution a
JOIN promotion p ON p.p_promo_sk = CAST(substr(a.campaign_id, 5) AS bigint)
GROUP BY 1, 2, 4;

-- Version 1: one label per customer, by spend alone
CREATE TABLE IF NOT EXISTS lake.marketing.customer_segments
WITH (sorted_by = ARRAY['customer_id'])
AS
SELECT
    customer_id,
    CAST(element_at(
        ARRAY['platinum', 'gold', 'silver', 'bronze'],
        CAST(ntile(4) OVER (ORDER BY sum(amount) DESC, customer_id) AS integer)) AS varchar) AS segment,
    DATE '2003-01-01' AS computed_on
FROM lake.sales.customer_transactions
GROUP BY customer_id;

-- Version 2: recency, frequency and spend, each scored from 1 to 5
CREATE TABLE IF NOT EXISTS lake.marketing.customer_segments_v2
WITH (partitioning = ARRAY['segment'], sorted_by = ARRAY['customer_id'])
AS
WITH scores AS (
    SELECT
        customer_id,
        max(transaction_date) AS last_order_at,
        CAST(sum(amount) AS decimal(18,2)) AS spend,
        CAST(ntile(5) OVER (ORDER BY max(transaction_date), customer_id) AS integer) AS recency_score,
        CAST(ntile(5) OVER (ORDER BY count(*), customer_id) AS integer) AS frequency_score,
        CAST(ntile(5) OVER (ORDER BY sum(amount), customer_id) AS integer) AS monetary_score
    FROM lake.sales.customer_transactions
    GROUP BY customer_id
)
SELECT
    customer_id,
    CAST(CASE
        WHEN recency_score >= 4 AND monetary_score >= 4 THEN 'champion'
        WHEN recency_score >= 4 THEN 'promising'
        WHEN monetary_score >= 4 THEN 'at-risk'
        WHEN recency_score <= 2 THEN 'dormant'
        ELSE 'regular'
    END AS varchar) AS segment,
    recency_score,
    frequency_score,
    monetary_score,
    spend,
    last_order_at,
    max(last_order_at) OVER () AS computed_at
FROM scores;

CREATE TABLE IF NOT EXISTS lake.marketing.churn_risk
WITH (sorted_by = ARRAY['customer_id'])
AS
SELECT
    customer_id,
    CAST(date_diff('day', last_order_at, computed_at) AS integer) AS days_since_last_order,
    1e0 - (recency_score + frequency_score) / 1e1 AS risk,
    computed_at
FROM lake.marketing.customer_segments_v2;
