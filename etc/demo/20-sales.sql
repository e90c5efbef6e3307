-- sales: orders of all channels, the customers behind them, and what they bring in.
-- Run as the pipeline user with the TPC-DS generator as session catalog. Running it again changes nothing.

CREATE SCHEMA IF NOT EXISTS lake.sales;

-- The domain's own working table: no data product publishes it, so for readers of the mesh it does not exist.
-- A line without a customer or a moment is of no use to any product made of it. Suppliers give 40 percent off the
-- wholesale price, so that the example company earns something.
CREATE TABLE IF NOT EXISTS lake.sales.order_lines
WITH (partitioning = ARRAY['channel'])
AS
SELECT
    l.order_id,
    l.channel,
    'CUS-' || lpad(upper(to_base(l.customer, 36)), 8, '0') AS customer_id,
    with_timezone(CAST(d.d_date AS timestamp(6)) + l.second_of_day * INTERVAL '1' SECOND, 'UTC') AS sold_at,
    coalesce(trim(CAST(i.i_category AS varchar)), 'Other') AS category,
    coalesce(l.quantity, 0) AS quantity,
    coalesce(l.discount, 0) AS discount,
    CAST(coalesce(l.wholesale, 0) * DECIMAL '0.6' AS decimal(12,2)) AS cost,
    coalesce(l.net_paid, 0) AS net_paid
FROM (
    SELECT
        'STO-' || lpad(CAST(ss_ticket_number AS varchar), 10, '0') AS order_id,
        CAST('STORE' AS varchar) AS channel,
        ss_sold_date_sk AS date_key,
        ss_sold_time_sk AS second_of_day,
        ss_customer_sk AS customer,
        ss_item_sk AS item,
        ss_quantity AS quantity,
        ss_ext_discount_amt AS discount,
        ss_ext_wholesale_cost AS wholesale,
        ss_net_paid AS net_paid
    FROM store_sales
    UNION ALL
    SELECT
        'CAT-' || lpad(CAST(cs_order_number AS varchar), 10, '0'),
        CAST('API' AS varchar),
        cs_sold_date_sk,
        cs_sold_time_sk,
        cs_bill_customer_sk,
        cs_item_sk,
        cs_quantity,
        cs_ext_discount_amt,
        cs_ext_wholesale_cost,
        cs_net_paid
    FROM catalog_sales
    UNION ALL
    SELECT
        'WEB-' || lpad(CAST(ws_order_number AS varchar), 10, '0'),
        CAST(if(ws_order_number % 3 = 0, 'MOBILE', 'WEB') AS varchar),
        ws_sold_date_sk,
        ws_sold_time_sk,
        ws_bill_customer_sk,
        ws_item_sk,
        ws_quantity,
        ws_ext_discount_amt,
        ws_ext_wholesale_cost,
        ws_net_paid
    FROM web_sales
) l
JOIN date_dim d ON d.d_date_sk = l.date_key
JOIN item i ON i.i_item_sk = l.item
WHERE l.customer IS NOT NULL
    AND l.second_of_day IS NOT NULL;

-- First run of the pipeline: everything up to the end of November 2002
CREATE TABLE IF NOT EXISTS lake.sales.customer_transactions
WITH (partitioning = ARRAY['year(transaction_date)'], sorted_by = ARRAY['customer_id'])
AS
SELECT
    order_id AS transaction_id,
    customer_id,
    sold_at AS transaction_date,
    CAST(sum(net_paid) AS decimal(10,2)) AS amount,
    CAST('USD' AS varchar) AS currency,
    channel
FROM lake.sales.order_lines
WHERE sold_at < TIMESTAMP '2002-12-01 00:00:00 UTC'
GROUP BY order_id, customer_id, sold_at, channel;

-- Second run: what came since, as a snapshot of its own that time travel can go behind
INSERT INTO lake.sales.customer_transactions
SELECT
    order_id,
    customer_id,
    sold_at,
    CAST(sum(net_paid) AS decimal(10,2)),
    CAST('USD' AS varchar),
    channel
FROM lake.sales.order_lines
WHERE sold_at >= TIMESTAMP '2002-12-01 00:00:00 UTC'
    AND NOT EXISTS (
        SELECT 1
        FROM lake.sales.customer_transactions
        WHERE transaction_date >= TIMESTAMP '2002-12-01 00:00:00 UTC')
GROUP BY order_id, customer_id, sold_at, channel;

-- CRM, transactions and web behaviour of every customer, in one row
CREATE TABLE IF NOT EXISTS lake.sales.customer_360
WITH (partitioning = ARRAY['region', 'year(updated_at)'], sorted_by = ARRAY['customer_id'])
AS
WITH demographics AS (
    -- Joined from the customers' side: the generator has 1.9 million demographics at every scale
    SELECT
        c.c_customer_sk AS customer,
        CAST(d.cd_gender AS varchar) AS gender,
        trim(CAST(d.cd_credit_rating AS varchar)) AS credit_rating
    FROM customer_demographics d
    JOIN customer c ON c.c_current_cdemo_sk = d.cd_demo_sk
),
crm AS (
    SELECT
        c.c_customer_sk AS customer,
        'CUS-' || lpad(upper(to_base(c.c_customer_sk, 36)), 8, '0') AS customer_id,
        nullif(trim(concat_ws(' ', trim(CAST(c.c_first_name AS varchar)), trim(CAST(c.c_last_name AS varchar)))), '') AS name,
        lower(trim(CAST(c.c_email_address AS varchar))) AS email,
        '+1-555-' || lpad(CAST(c.c_customer_sk * 7919 % 10000000 AS varchar), 7, '0') AS phone,
        try(CAST(
            CAST(c.c_birth_year AS varchar)
            || '-' || lpad(CAST(c.c_birth_month AS varchar), 2, '0')
            || '-' || lpad(CAST(c.c_birth_day AS varchar), 2, '0') AS date)) AS birth_date,
        CAST(ROW(
            trim(CAST(a.ca_street_number AS varchar)) || ' ' || trim(a.ca_street_name) || ' ' || trim(CAST(a.ca_street_type AS varchar)),
            a.ca_city,
            trim(CAST(a.ca_zip AS varchar)),
            nullif(trim(CAST(a.ca_state AS varchar)), ''),
            a.ca_country) AS ROW(street varchar, city varchar, postal_code varchar, state varchar, country varchar)) AS address,
        coalesce(r.region, 'UNKNOWN') AS region,
        d.gender,
        d.credit_rating,
        trim(CAST(h.hd_buy_potential AS varchar)) AS buying_potential,
        c.c_preferred_cust_flag = 'Y' AS preferred_customer,
        since.d_date AS customer_since,
        with_timezone(CAST(reviewed.d_date AS timestamp(6)), 'UTC') AS reviewed_at
    FROM customer c
    LEFT JOIN customer_address a ON a.ca_address_sk = c.c_current_addr_sk
    LEFT JOIN lake.platform.regions r ON r.state = CAST(a.ca_state AS varchar)
    LEFT JOIN demographics d ON d.customer = c.c_customer_sk
    LEFT JOIN household_demographics h ON h.hd_demo_sk = c.c_current_hdemo_sk
    LEFT JOIN date_dim since ON since.d_date_sk = c.c_first_sales_date_sk
    LEFT JOIN date_dim reviewed ON reviewed.d_date_sk = c.c_last_review_date_sk
),
transactions AS (
    SELECT
        customer_id,
        count(*) AS orders,
        count_if(channel = 'STORE') AS store_orders,
        count_if(channel = 'API') AS catalog_orders,
        count_if(channel IN ('WEB', 'MOBILE')) AS web_orders,
        array_sort(array_agg(DISTINCT channel)) AS channels,
        CAST(sum(amount) AS decimal(18,2)) AS lifetime_value,
        CAST(avg(amount) AS decimal(18,2)) AS average_order_value,
        max(transaction_date) AS last_order_at
    FROM lake.sales.customer_transactions
    GROUP BY customer_id
),
web AS (
    SELECT
        s.ws_bill_customer_sk AS customer,
        array_sort(array_agg(DISTINCT trim(CAST(p.wp_type AS varchar)))) AS web_page_types
    FROM web_sales s
    JOIN web_page p ON p.wp_web_page_sk = s.ws_web_page_sk
    WHERE s.ws_bill_customer_sk IS NOT NULL
        AND p.wp_type IS NOT NULL
    GROUP BY s.ws_bill_customer_sk
)
SELECT
    crm.customer_id,
    crm.name,
    crm.email,
    crm.phone,
    crm.birth_date,
    crm.address,
    crm.region,
    crm.gender,
    crm.credit_rating,
    crm.buying_potential,
    crm.preferred_customer,
    crm.customer_since,
    coalesce(t.orders, 0) AS orders,
    coalesce(t.store_orders, 0) AS store_orders,
    coalesce(t.catalog_orders, 0) AS catalog_orders,
    coalesce(t.web_orders, 0) AS web_orders,
    coalesce(t.channels, ARRAY[]) AS channels,
    coalesce(web.web_page_types, ARRAY[]) AS web_page_types,
    coalesce(t.lifetime_value, 0) AS lifetime_value,
    t.average_order_value,
    t.last_order_at,
    coalesce(
        greatest(t.last_order_at, crm.reviewed_at),
        t.last_order_at,
        crm.reviewed_at,
        TIMESTAMP '1998-01-01 00:00:00.000000 UTC') AS updated_at
FROM crm
LEFT JOIN transactions t ON t.customer_id = crm.customer_id
LEFT JOIN web ON web.customer = crm.customer;

-- What the sales force works on: offers of the second half of 2002
CREATE TABLE IF NOT EXISTS lake.sales.sales_pipeline
WITH (sorted_by = ARRAY['expected_close_on'])
AS
SELECT
    'OPP-' || lpad(CAST(s.cs_order_number AS varchar), 10, '0') AS opportunity_id,
    'CUS-' || lpad(upper(to_base(max(s.cs_bill_customer_sk), 36)), 8, '0') AS customer_id,
    max(c.cc_manager) AS account_manager,
    CAST(element_at(
        ARRAY['prospecting', 'qualification', 'proposal', 'negotiation', 'won'],
        1 + CAST(s.cs_order_number % 5 AS integer)) AS varchar) AS stage,
    element_at(ARRAY[1e-1, 25e-2, 5e-1, 75e-2, 1e0], 1 + CAST(s.cs_order_number % 5 AS integer)) AS probability,
    CAST(sum(coalesce(s.cs_ext_list_price, 0)) AS decimal(12,2)) AS amount,
    max(d.d_date) AS created_on,
    date_add('day', 30 + s.cs_order_number % 60, max(d.d_date)) AS expected_close_on
FROM catalog_sales s
JOIN date_dim d ON d.d_date_sk = s.cs_sold_date_sk
LEFT JOIN call_center c ON c.cc_call_center_sk = s.cs_call_center_sk
WHERE d.d_date BETWEEN DATE '2002-07-01' AND DATE '2002-12-31'
GROUP BY s.cs_order_number
HAVING max(s.cs_bill_customer_sk) IS NOT NULL;

CREATE TABLE IF NOT EXISTS lake.sales.revenue_analytics
WITH (partitioning = ARRAY['year(month)'], sorted_by = ARRAY['month', 'region'])
AS
SELECT
    CAST(date_trunc('month', l.sold_at) AS date) AS month,
    c.region,
    l.channel,
    l.category,
    count(DISTINCT l.order_id) AS orders,
    sum(CAST(l.quantity AS bigint)) AS units,
    CAST(sum(l.net_paid) AS decimal(18,2)) AS net_revenue,
    CAST(sum(l.discount) AS decimal(18,2)) AS discounts,
    CAST(sum(l.cost) AS decimal(18,2)) AS cost_of_goods,
    CAST(sum(l.net_paid) - sum(l.cost) AS decimal(18,2)) AS gross_profit
FROM lake.sales.order_lines l
JOIN lake.sales.customer_360 c ON c.customer_id = l.customer_id
GROUP BY 1, 2, 3, 4;
