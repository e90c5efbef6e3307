-- Stores the rows of those products whose query is materialized, when everything that they read is loaded. As the pipeline user
-- a scheduler runs it as often as rows have to be new; it stores nothing while no source has changed.

REFRESH MATERIALIZED VIEW mesh.finance.billing_by_region;
