# The embedded engine: DuckDB 1.4 LTS as its makers publish it on npm; script/fetch-duckdb brings and checks it.
set(duckdb_folder ${CMAKE_SOURCE_DIR}/.deps/duckdb-1.4.4)
if(NOT EXISTS ${duckdb_folder}/libduckdb.so)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/script/fetch-duckdb RESULT_VARIABLE fetched)
  if(NOT fetched EQUAL 0)
    message(FATAL_ERROR "DuckDB could not be fetched; run script/setup and read what it says.")
  endif()
endif()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
file(CREATE_LINK ${duckdb_folder}/libduckdb.so ${CMAKE_BINARY_DIR}/lib/libduckdb.so COPY_ON_ERROR SYMBOLIC)
add_library(duckdb SHARED IMPORTED GLOBAL)
set_target_properties(duckdb PROPERTIES IMPORTED_LOCATION ${CMAKE_BINARY_DIR}/lib/libduckdb.so
                                        IMPORTED_NO_SONAME ON
                                        INTERFACE_INCLUDE_DIRECTORIES ${duckdb_folder})
