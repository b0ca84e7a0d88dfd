select * from read_parquet('{{ env_var("BENCH_DATA") }}/posts.parquet')
