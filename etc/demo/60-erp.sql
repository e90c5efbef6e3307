-- erp: the credit limits of customers, in a catalog that is no storage of the mesh.
-- Run as the pipeline user with the TPC-DS generator as session catalog. Running it again changes nothing.

CREATE SCHEMA IF NOT EXISTS erp.accounts;

CREATE TABLE IF NOT EXISTS erp.accounts.credit_limits
AS
SELECT
    customer_id,
    CAST(CASE credit_rating
        WHEN 'Low Risk' THEN 20000
        WHEN 'Good' THEN 10000
        WHEN 'High Risk' THEN 2000
        ELSE 5000
    END AS decimal(18,2)) AS credit_limit
FROM lake.sales.customer_360
WHERE customer_id IN (SELECT customer_id FROM lake.finance.receivables);
