-- platform: reference data that every domain shares.
-- Run as the pipeline user with the TPC-DS generator as session catalog. Running it again changes nothing.

CREATE SCHEMA IF NOT EXISTS lake.platform;

-- Found by its location, without a catalog service (storage files), so it lives outside the warehouse folder
CREATE TABLE IF NOT EXISTS lake.platform.calendar
WITH (location = 'local:///files/calendar', sorted_by = ARRAY['date_day'])
AS
SELECT
    d_date AS date_day,
    CAST(date_trunc('week', d_date) AS date) AS week_start,
    CAST(date_trunc('month', d_date) AS date) AS month_start,
    CAST(date_trunc('quarter', d_date) AS date) AS quarter_start,
    d_year AS year_number,
    d_qoy AS quarter_number,
    d_moy AS month_number,
    d_dom AS day_of_month,
    trim(CAST(d_day_name AS varchar)) AS day_name,
    d_fy_year AS fiscal_year,
    d_weekend = 'Y' AS is_weekend,
    d_holiday = 'Y' AS is_holiday
FROM date_dim
WHERE d_date BETWEEN DATE '1990-01-01' AND DATE '2029-12-31';

CREATE TABLE IF NOT EXISTS lake.platform.regions
AS
SELECT
    CAST(state AS varchar) AS state,
    CAST(region AS varchar) AS region
FROM (
    VALUES
        ('NORTHEAST', ARRAY['CT', 'MA', 'ME', 'NH', 'NJ', 'NY', 'PA', 'RI', 'VT']),
        ('MIDWEST', ARRAY['IA', 'IL', 'IN', 'KS', 'MI', 'MN', 'MO', 'ND', 'NE', 'OH', 'SD', 'WI']),
        ('SOUTH', ARRAY['AL', 'AR', 'DC', 'DE', 'FL', 'GA', 'KY', 'LA', 'MD', 'MS', 'NC', 'OK', 'SC', 'TN', 'TX', 'VA', 'WV']),
        ('WEST', ARRAY['AK', 'AZ', 'CA', 'CO', 'HI', 'ID', 'MT', 'NM', 'NV', 'OR', 'UT', 'WA', 'WY'])
) AS t (region, states)
CROSS JOIN UNNEST(states) AS s (state);
