-- Items whose stock varied by more than its mean in two successive months
WITH monthly AS (
    SELECT
        w_warehouse_sk,
        i_item_sk,
        d_moy,
        avg(CAST(inv_quantity_on_hand AS double)) AS mean,
        stddev_samp(CAST(inv_quantity_on_hand AS double)) AS stdev
    FROM inventory
    JOIN item ON i_item_sk = inv_item_sk
    JOIN warehouse ON w_warehouse_sk = inv_warehouse_sk
    JOIN date_dim ON d_date_sk = inv_date_sk
    WHERE d_year = 2001
    GROUP BY w_warehouse_name, w_warehouse_sk, i_item_sk, d_moy
),
varied AS (
    SELECT w_warehouse_sk, i_item_sk, d_moy, round(mean, 4) AS mean, round(stdev / nullif(mean, 0), 4) AS cov
    FROM monthly
    WHERE round(stdev / nullif(mean, 0), 4) > 1
)
SELECT
    january.w_warehouse_sk AS warehouse1,
    january.i_item_sk AS item1,
    january.d_moy AS moy1,
    january.mean AS mean1,
    january.cov AS cov1,
    february.w_warehouse_sk AS warehouse2,
    february.i_item_sk AS item2,
    february.d_moy AS moy2,
    february.mean AS mean2,
    february.cov AS cov2
FROM varied january
JOIN varied february ON february.i_item_sk = january.i_item_sk AND february.w_warehouse_sk = january.w_warehouse_sk
WHERE january.d_moy = 1
  AND february.d_moy = 1 + 1
ORDER BY warehouse1, item1, moy1, mean1, cov1, moy2, mean2, cov2
