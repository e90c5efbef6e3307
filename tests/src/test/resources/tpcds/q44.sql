-- The ten best and the ten worst items of a store by average profit, side by side
WITH performance AS (
    SELECT ss_item_sk AS item_sk, avg(ss_net_profit) AS profit
    FROM store_sales
    WHERE ss_store_sk = 4
    GROUP BY ss_item_sk
    HAVING avg(ss_net_profit) > 0.9 * (
        SELECT avg(ss_net_profit)
        FROM store_sales
        WHERE ss_store_sk = 4
          AND ss_addr_sk IS NULL
        GROUP BY ss_store_sk)
),
ranked AS (
    SELECT item_sk, rank() OVER (ORDER BY profit) AS worst_rank, rank() OVER (ORDER BY profit DESC) AS best_rank
    FROM performance
)
SELECT best.best_rank AS rnk, best_item.i_product_name AS best_performing, worst_item.i_product_name AS worst_performing
FROM ranked best
JOIN ranked worst ON worst.worst_rank = best.best_rank
JOIN item best_item ON best_item.i_item_sk = best.item_sk
JOIN item worst_item ON worst_item.i_item_sk = worst.item_sk
WHERE best.best_rank < 11
ORDER BY rnk, best_performing, worst_performing
LIMIT 100
