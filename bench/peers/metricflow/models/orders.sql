select * from read_parquet('{{ env_var("BENCH_DATA") }}/orders.parquet')
