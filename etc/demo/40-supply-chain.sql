-- supply_chain: what is in stock, who supplies it, and how it reaches the customer.
-- Run as the pipeline user with the TPC-DS generator as session catalog. Running it again changes nothing.

CREATE SCHEMA IF NOT EXISTS lake.supply_chain;

-- First run of the pipeline: the weekly counts of 2002 up to mid-December
CREATE TABLE IF NOT EXISTS lake.supply_chain.inventory_levels
WITH (partitioning = ARRAY['month(counted_on)'], sorted_by = ARRAY['item_id'])
AS
SELECT
    d.d_date AS counted_on,
    'WH-' || lpad(CAST(n.inv_warehouse_sk AS varchar), 4, '0') AS warehouse_id,
    'ITM-' || lpad(CAST(n.inv_item_sk AS varchar), 8, '0') AS item_id,
    coalesce(trim(CAST(i.i_category AS varchar)), 'Other') AS category,
    n.inv_quantity_on_hand AS quantity_on_hand,
    CAST(50 + n.inv_item_sk % 100 AS integer) AS reorder_point,
    coalesce(n.inv_quantity_on_hand < 50 + n.inv_item_sk % 100, true) AS below_reorder_point,
    i.i_wholesale_cost AS unit_cost
FROM inventory n
JOIN date_dim d ON d.d_date_sk = n.inv_date_sk
JOIN item i ON i.i_item_sk = n.inv_item_sk
WHERE d.d_date BETWEEN DATE '2002-01-01' AND DATE '2002-12-15';

-- Second run: the counts since then
INSERT INTO lake.supply_chain.inventory_levels
SELECT
    d.d_date,
    'WH-' || lpad(CAST(n.inv_warehouse_sk AS varchar), 4, '0'),
    'ITM-' || lpad(CAST(n.inv_item_sk AS varchar), 8, '0'),
    coalesce(trim(CAST(i.i_category AS varchar)), 'Other'),
    n.inv_quantity_on_hand,
    CAST(50 + n.inv_item_sk % 100 AS integer),
    coalesce(n.inv_quantity_on_hand < 50 + n.inv_item_sk % 100, true),
    i.i_wholesale_cost
FROM inventory n
JOIN date_dim d ON d.d_date_sk = n.inv_date_sk
JOIN item i ON i.i_item_sk = n.inv_item_sk
WHERE d.d_date BETWEEN DATE '2002-12-16' AND DATE '2002-12-31'
    AND NOT EXISTS (
        SELECT 1
        FROM lake.supply_chain.inventory_levels
        WHERE counted_on >= DATE '2002-12-16');

CREATE TABLE IF NOT EXISTS lake.supply_chain.warehouses
AS
SELECT
    'WH-' || lpad(CAST(w_warehouse_sk AS varchar), 4, '0') AS warehouse_id,
    CAST(w_warehouse_name AS varchar) AS warehouse_name,
    CAST(w_city AS varchar) AS city,
    CAST(w_state AS varchar) AS state,
    CAST(w_country AS varchar) AS country,
    w_warehouse_sq_ft AS floor_space
FROM warehouse;

CREATE TABLE IF NOT EXISTS lake.supply_chain.carriers
AS
SELECT
    'CAR-' || lpad(CAST(sm_ship_mode_sk AS varchar), 3, '0') AS carrier_id,
    trim(CAST(sm_carrier AS varchar)) AS carrier_name,
    lower(trim(CAST(sm_code AS varchar))) AS mode,
    lower(trim(CAST(sm_type AS varchar))) AS service_level
FROM ship_mode;

-- One row per order and warehouse it was sent from
CREATE TABLE IF NOT EXISTS lake.supply_chain.shipments
WITH (partitioning = ARRAY['year(shipped_on)'], sorted_by = ARRAY['shipped_on'])
AS
SELECT
    'SHP-' || substr(s.transaction_id, 1, 3) || '-' || substr(s.transaction_id, 5) || '-' || CAST(s.warehouse AS varchar) AS shipment_id,
    s.transaction_id,
    'CUS-' || lpad(upper(to_base(max(s.customer), 36)), 8, '0') AS customer_id,
    'WH-' || lpad(CAST(s.warehouse AS varchar), 4, '0') AS warehouse_id,
    'CAR-' || lpad(CAST(min(s.ship_mode) AS varchar), 3, '0') AS carrier_id,
    min(ordered.d_date) AS ordered_on,
    min(shipped.d_date) AS shipped_on,
    CAST(date_diff('day', min(ordered.d_date), min(shipped.d_date)) AS integer) AS days_to_ship,
    sum(CAST(coalesce(s.quantity, 0) AS bigint)) AS units,
    CAST(sum(coalesce(s.freight, 0)) AS decimal(12,2)) AS freight_cost
FROM (
    SELECT
        'CAT-' || lpad(CAST(cs_order_number AS varchar), 10, '0') AS transaction_id,
        cs_ship_customer_sk AS customer,
        cs_warehouse_sk AS warehouse,
        cs_ship_mode_sk AS ship_mode,
        cs_sold_date_sk AS ordered_key,
        cs_ship_date_sk AS shipped_key,
        cs_quantity AS quantity,
        cs_ext_ship_cost AS freight
    FROM catalog_sales
    UNION ALL
    SELECT
        'WEB-' || lpad(CAST(ws_order_number AS varchar), 10, '0'),
        ws_ship_customer_sk,
        ws_warehouse_sk,
        ws_ship_mode_sk,
        ws_sold_date_sk,
        ws_ship_date_sk,
        ws_quantity,
        ws_ext_ship_cost
    FROM web_sales
) s
JOIN date_dim ordered ON ordered.d_date_sk = s.ordered_key
JOIN date_dim shipped ON shipped.d_date_sk = s.shipped_key
WHERE s.warehouse IS NOT NULL
    AND s.ship_mode IS NOT NULL
GROUP BY s.transaction_id, s.warehouse
HAVING max(s.customer) IS NOT NULL;

-- Units that each supplier's items sold and got back through the catalog and the web
CREATE TABLE IF NOT EXISTS lake.supply_chain.supplier_performance
WITH (sorted_by = ARRAY['supplier_id'])
AS
WITH sold AS (
    SELECT
        item,
        sum(CAST(coalesce(quantity, 0) AS bigint)) AS units,
        avg(CAST(shipped_key - ordered_key AS double)) AS days_to_ship
    FROM (
        SELECT cs_item_sk AS item, cs_quantity AS quantity, cs_sold_date_sk AS ordered_key, cs_ship_date_sk AS shipped_key
        FROM catalog_sales
        UNION ALL
        SELECT ws_item_sk, ws_quantity, ws_sold_date_sk, ws_ship_date_sk
        FROM web_sales
    )
    GROUP BY item
),
returned AS (
    SELECT
        item,
        reason,
        sum(CAST(coalesce(quantity, 0) AS bigint)) AS units
    FROM (
        SELECT cr_item_sk AS item, cr_reason_sk AS reason, cr_return_quantity AS quantity
        FROM catalog_returns
        UNION ALL
        SELECT wr_item_sk, wr_reason_sk, wr_return_quantity
        FROM web_returns
    )
    GROUP BY item, reason
),
by_reason AS (
    SELECT
        i.i_manufact_id AS supplier,
        coalesce(trim(CAST(r.r_reason_desc AS varchar)), 'Not stated') AS reason,
        sum(t.units) AS units
    FROM returned t
    JOIN item i ON i.i_item_sk = t.item
    LEFT JOIN reason r ON r.r_reason_sk = t.reason
    WHERE i.i_manufact_id IS NOT NULL
    GROUP BY 1, 2
),
returns AS (
    SELECT
        supplier,
        sum(units) AS units,
        map_agg(reason, units) AS by_reason
    FROM by_reason
    GROUP BY supplier
),
supplies AS (
    SELECT
        i.i_manufact_id AS supplier,
        max(trim(CAST(i.i_manufact AS varchar))) AS name,
        count(*) AS items,
        coalesce(sum(s.units), 0) AS units,
        avg(s.days_to_ship) AS days_to_ship
    FROM item i
    LEFT JOIN sold s ON s.item = i.i_item_sk
    WHERE i.i_manufact_id IS NOT NULL
    GROUP BY i.i_manufact_id
)
SELECT
    'SUP-' || lpad(CAST(s.supplier AS varchar), 5, '0') AS supplier_id,
    s.name AS supplier_name,
    s.items,
    s.units AS units_sold,
    coalesce(r.units, 0) AS units_returned,
    if(s.units > 0, CAST(coalesce(r.units, 0) AS double) / s.units) AS return_rate,
    coalesce(r.by_reason, MAP(ARRAY[], ARRAY[])) AS returns_by_reason,
    s.days_to_ship AS average_days_to_ship
FROM supplies s
LEFT JOIN returns r ON r.supplier = s.supplier;
