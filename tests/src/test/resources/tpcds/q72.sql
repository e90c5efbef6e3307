-- Catalog orders that the stock of their week could not fill, with and without a promotion
SELECT
    i_item_desc,
    w_warehouse_name,
    sold.d_week_seq,
    count_if(p_promo_sk IS NULL) AS no_promo,
    count_if(p_promo_sk IS NOT NULL) AS promo,
    count(*) AS total_cnt
FROM catalog_sales
JOIN date_dim AS sold ON sold.d_date_sk = cs_sold_date_sk
JOIN date_dim AS shipped ON shipped.d_date_sk = cs_ship_date_sk
JOIN customer_demographics ON cd_demo_sk = cs_bill_cdemo_sk
JOIN household_demographics ON hd_demo_sk = cs_bill_hdemo_sk
JOIN item ON i_item_sk = cs_item_sk
JOIN inventory ON inv_item_sk = cs_item_sk
JOIN date_dim AS counted ON counted.d_date_sk = inv_date_sk
JOIN warehouse ON w_warehouse_sk = inv_warehouse_sk
LEFT JOIN promotion ON p_promo_sk = cs_promo_sk
LEFT JOIN catalog_returns ON cr_item_sk = cs_item_sk AND cr_order_number = cs_order_number
WHERE counted.d_week_seq = sold.d_week_seq
  AND inv_quantity_on_hand < cs_quantity
  AND shipped.d_date > sold.d_date + INTERVAL '5' DAY
  AND sold.d_year = 1999
  AND hd_buy_potential = '>10000'
  AND cd_marital_status = 'D'
GROUP BY i_item_desc, w_warehouse_name, sold.d_week_seq
ORDER BY total_cnt DESC, i_item_desc, w_warehouse_name, sold.d_week_seq
LIMIT 100
