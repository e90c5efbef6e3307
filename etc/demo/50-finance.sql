-- finance: statements, costs and budgets, built on what sales and supply_chain publish.
-- Run as the pipeline user with the TPC-DS generator as session catalog. Running it again changes nothing.

CREATE SCHEMA IF NOT EXISTS lake.finance;

CREATE TABLE IF NOT EXISTS lake.finance.financial_statements
WITH (partitioning = ARRAY['fiscal_year'], sorted_by = ARRAY['period_start', 'line_number'])
AS
WITH quarters AS (
    SELECT
        CAST(date_trunc('quarter', month) AS date) AS period_start,
        sum(net_revenue) AS revenue,
        sum(cost_of_goods) AS cost_of_goods,
        sum(net_revenue) * DECIMAL '0.18' AS operating_expenses
    FROM lake.sales.revenue_analytics
    GROUP BY 1
)
SELECT
    CAST(year(q.period_start) AS integer) AS fiscal_year,
    CAST(quarter(q.period_start) AS integer) AS fiscal_quarter,
    q.period_start,
    date_add('day', -1, date_add('month', 3, q.period_start)) AS period_end,
    CAST('income statement' AS varchar) AS statement,
    CAST(l.line_number AS integer) AS line_number,
    CAST(l.line_item AS varchar) AS line_item,
    l.amount,
    CAST('USD' AS varchar) AS currency
FROM quarters q
CROSS JOIN UNNEST(
    ARRAY['revenue', 'cost of goods sold', 'gross profit', 'operating expenses', 'operating income'],
    ARRAY[
        CAST(q.revenue AS decimal(18,2)),
        CAST(-q.cost_of_goods AS decimal(18,2)),
        CAST(q.revenue - q.cost_of_goods AS decimal(18,2)),
        CAST(-q.operating_expenses AS decimal(18,2)),
        CAST(q.revenue - q.cost_of_goods - q.operating_expenses AS decimal(18,2))]) WITH ORDINALITY AS l (line_item, amount, line_number);

-- Freight of a month is shared among its rows by the units they moved
CREATE TABLE IF NOT EXISTS lake.finance.cost_analytics
WITH (partitioning = ARRAY['year(month)'], sorted_by = ARRAY['month', 'category'])
AS
WITH goods AS (
    SELECT
        month,
        category,
        channel,
        sum(units) AS units,
        sum(net_revenue) AS net_revenue,
        sum(cost_of_goods) AS cost_of_goods,
        sum(discounts) AS discounts
    FROM lake.sales.revenue_analytics
    GROUP BY month, category, channel
),
freight AS (
    SELECT
        CAST(date_trunc('month', ordered_on) AS date) AS month,
        sum(freight_cost) AS freight_cost
    FROM lake.supply_chain.shipments
    GROUP BY 1
),
shares AS (
    SELECT
        g.*,
        coalesce(
            CAST(CAST(f.freight_cost AS double) * g.units / nullif(sum(g.units) OVER (PARTITION BY g.month), 0) AS decimal(18,2)),
            0) AS freight_cost
    FROM goods g
    LEFT JOIN freight f ON f.month = g.month
)
SELECT
    month,
    category,
    channel,
    CAST(cost_of_goods AS decimal(18,2)) AS cost_of_goods,
    CAST(discounts AS decimal(18,2)) AS discounts,
    CAST(freight_cost AS decimal(18,2)) AS freight_cost,
    CAST(cost_of_goods + freight_cost AS decimal(18,2)) AS total_cost,
    if(net_revenue > 0, CAST(cost_of_goods + freight_cost AS double) / CAST(net_revenue AS double)) AS cost_ratio
FROM shares;

-- The budget of a month is what the same month of the year before brought, and five percent
CREATE TABLE IF NOT EXISTS lake.finance.budget_vs_actuals
WITH (partitioning = ARRAY['fiscal_year'], sorted_by = ARRAY['month'])
AS
WITH actuals AS (
    SELECT
        month,
        category,
        sum(net_revenue) AS net_revenue
    FROM lake.sales.revenue_analytics
    GROUP BY month, category
)
SELECT
    CAST(year(a.month) AS integer) AS fiscal_year,
    a.month,
    a.category,
    CAST(before.net_revenue * DECIMAL '1.05' AS decimal(18,2)) AS budget,
    CAST(a.net_revenue AS decimal(18,2)) AS actual,
    CAST(a.net_revenue - before.net_revenue * DECIMAL '1.05' AS decimal(18,2)) AS variance,
    if(before.net_revenue > 0,
        CAST(a.net_revenue - before.net_revenue * DECIMAL '1.05' AS double) / CAST(before.net_revenue * DECIMAL '1.05' AS double)) AS variance_ratio
FROM actuals a
JOIN actuals before ON before.month = date_add('year', -1, a.month) AND before.category = a.category;

CREATE TABLE IF NOT EXISTS lake.finance.receivables
WITH (partitioning = ARRAY['year(month)'], sorted_by = ARRAY['customer_id'])
AS
SELECT
    customer_id,
    CAST(date_trunc('month', transaction_date) AS date) AS month,
    count(*) AS invoices,
    CAST(sum(amount) AS decimal(18,2)) AS billed
FROM lake.sales.customer_transactions
GROUP BY 1, 2;
