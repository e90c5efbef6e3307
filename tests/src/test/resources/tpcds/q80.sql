-- Sales, returns and profit of dear items without television promotion, by store, catalog page and web site
WITH period AS (
    SELECT d_date_sk FROM date_dim WHERE d_date BETWEEN DATE '2000-08-23' AND DATE '2000-08-23' + INTERVAL '30' DAY
),
dear AS (
    SELECT i_item_sk FROM item WHERE i_current_price > 50
),
promo AS (
    SELECT p_promo_sk FROM promotion WHERE p_channel_tv = 'N'
),
channels AS (
    SELECT
        'store channel' AS channel,
        'store' || CAST(s_store_id AS varchar) AS id,
        sum(ss_ext_sales_price) AS sales,
        sum(coalesce(sr_return_amt, 0)) AS returns,
        sum(ss_net_profit - coalesce(sr_net_loss, 0)) AS profit
    FROM store_sales
    LEFT JOIN store_returns ON sr_item_sk = ss_item_sk AND sr_ticket_number = ss_ticket_number
    JOIN period ON d_date_sk = ss_sold_date_sk
    JOIN store ON s_store_sk = ss_store_sk
    JOIN dear ON i_item_sk = ss_item_sk
    JOIN promo ON p_promo_sk = ss_promo_sk
    GROUP BY s_store_id
    UNION ALL
    SELECT
        'catalog channel',
        'catalog_page' || CAST(cp_catalog_page_id AS varchar),
        sum(cs_ext_sales_price),
        sum(coalesce(cr_return_amount, 0)),
        sum(cs_net_profit - coalesce(cr_net_loss, 0))
    FROM catalog_sales
    LEFT JOIN catalog_returns ON cr_item_sk = cs_item_sk AND cr_order_number = cs_order_number
    JOIN period ON d_date_sk = cs_sold_date_sk
    JOIN catalog_page ON cp_catalog_page_sk = cs_catalog_page_sk
    JOIN dear ON i_item_sk = cs_item_sk
    JOIN promo ON p_promo_sk = cs_promo_sk
    GROUP BY cp_catalog_page_id
    UNION ALL
    SELECT
        'web channel',
        'web_site' || CAST(web_site_id AS varchar),
        sum(ws_ext_sales_price),
        sum(coalesce(wr_return_amt, 0)),
        sum(ws_net_profit - coalesce(wr_net_loss, 0))
    FROM web_sales
    LEFT JOIN web_returns ON wr_item_sk = ws_item_sk AND wr_order_number = ws_order_number
    JOIN period ON d_date_sk = ws_sold_date_sk
    JOIN web_site ON web_site_sk = ws_web_site_sk
    JOIN dear ON i_item_sk = ws_item_sk
    JOIN promo ON p_promo_sk = ws_promo_sk
    GROUP BY web_site_id
)
SELECT channel, id, sum(sales) AS sales, sum(returns) AS returns, sum(profit) AS profit
FROM channels
GROUP BY ROLLUP (channel, id)
ORDER BY channel, id, sales, returns, profit
LIMIT 100
