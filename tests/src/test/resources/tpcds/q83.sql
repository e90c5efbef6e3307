-- Items returned through all three channels in the same weeks, and each channel's share
WITH weeks AS (
    SELECT d_date_sk
    FROM date_dim
    WHERE d_date IN (
        SELECT d_date
        FROM date_dim
        WHERE d_week_seq IN (
            SELECT d_week_seq
            FROM date_dim
            WHERE d_date IN (DATE '2000-06-30', DATE '2000-09-27', DATE '2000-11-17')))
),
shop AS (
    SELECT i_item_id AS item_id, sum(sr_return_quantity) AS qty
    FROM store_returns
    JOIN item ON i_item_sk = sr_item_sk
    JOIN weeks ON d_date_sk = sr_returned_date_sk
    GROUP BY i_item_id
),
mail AS (
    SELECT i_item_id AS item_id, sum(cr_return_quantity) AS qty
    FROM catalog_returns
    JOIN item ON i_item_sk = cr_item_sk
    JOIN weeks ON d_date_sk = cr_returned_date_sk
    GROUP BY i_item_id
),
web AS (
    SELECT i_item_id AS item_id, sum(wr_return_quantity) AS qty
    FROM web_returns
    JOIN item ON i_item_sk = wr_item_sk
    JOIN weeks ON d_date_sk = wr_returned_date_sk
    GROUP BY i_item_id
)
SELECT
    shop.item_id,
    shop.qty AS sr_item_qty,
    round(CAST(shop.qty AS double) / NULLIF(shop.qty + mail.qty + web.qty, 0) / 3.0E0 * 100, 4) AS sr_dev,
    mail.qty AS cr_item_qty,
    round(CAST(mail.qty AS double) / NULLIF(shop.qty + mail.qty + web.qty, 0) / 3.0E0 * 100, 4) AS cr_dev,
    web.qty AS wr_item_qty,
    round(CAST(web.qty AS double) / NULLIF(shop.qty + mail.qty + web.qty, 0) / 3.0E0 * 100, 4) AS wr_dev,
    round(CAST(shop.qty + mail.qty + web.qty AS double) / 3.0E0, 4) AS average
FROM shop
JOIN mail ON mail.item_id = shop.item_id
JOIN web ON web.item_id = shop.item_id
ORDER BY shop.item_id, sr_item_qty
LIMIT 100
