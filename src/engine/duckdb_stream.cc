// SPDX-License-Identifier: Apache-2.0
#include "engine/duckdb_stream.h"

#include <cmath>

namespace backcast {
namespace {

template <class T>
void Integers(const void* data, std::size_t rows, std::vector<std::int64_t>& out) {
  const T* from = static_cast<const T*>(data);
  out.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) out[row] = static_cast<std::int64_t>(from[row]);
}

template <class T>
void Numbers(const void* data, std::size_t rows, double scale, std::vector<double>& out) {
  const T* from = static_cast<const T*>(data);
  out.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) out[row] = static_cast<double>(from[row]) / scale;
}

void ReadDecimal(duckdb_logical_type logical, const void* data, std::size_t rows, std::vector<double>& out) {
  const double scale = std::pow(10.0, duckdb_decimal_scale(logical));
  switch (duckdb_decimal_internal_type(logical)) {
    case DUCKDB_TYPE_SMALLINT:
      return Numbers<int16_t>(data, rows, scale, out);
    case DUCKDB_TYPE_INTEGER:
      return Numbers<int32_t>(data, rows, scale, out);
    case DUCKDB_TYPE_HUGEINT: {
      const auto* from = static_cast<const duckdb_hugeint*>(data);
      out.resize(rows);
      for (std::size_t row = 0; row < rows; ++row) out[row] = duckdb_hugeint_to_double(from[row]) / scale;
      return;
    }
    default:
      return Numbers<int64_t>(data, rows, scale, out);
  }
}

void ReadVector(duckdb_vector vector, std::size_t rows, ColumnBuffer& column) {
  const uint64_t* validity = duckdb_vector_get_validity(vector);
  const void* data = duckdb_vector_get_data(vector);
  column.present.assign(rows, 1);
  if (validity != nullptr) {
    for (std::size_t row = 0; row < rows; ++row)
      column.present[row] = static_cast<std::uint8_t>(validity[row / 64] >> (row % 64) & 1U);
  }
  duckdb_logical_type logical = duckdb_vector_get_column_type(vector);
  switch (duckdb_get_type_id(logical)) {
    case DUCKDB_TYPE_VARCHAR: {
      column.type = Type::kText;
      const auto* from = static_cast<const duckdb_string_t*>(data);
      column.words.resize(rows);
      for (std::size_t row = 0; row < rows; ++row) {
        auto* text = const_cast<duckdb_string_t*>(from + row);
        column.words[row] = column.present[row] != 0
                                ? std::string_view(duckdb_string_t_data(text), duckdb_string_t_length(*text))
                                : std::string_view();
      }
      break;
    }
    case DUCKDB_TYPE_DECIMAL:
      column.type = Type::kNumber;
      ReadDecimal(logical, data, rows, column.numbers);
      break;
    case DUCKDB_TYPE_DOUBLE:
      column.type = Type::kNumber;
      Numbers<double>(data, rows, 1, column.numbers);
      break;
    case DUCKDB_TYPE_FLOAT:
      column.type = Type::kNumber;
      Numbers<float>(data, rows, 1, column.numbers);
      break;
    case DUCKDB_TYPE_BOOLEAN:
      column.type = Type::kFlag;
      Integers<bool>(data, rows, column.integers);
      break;
    case DUCKDB_TYPE_DATE:
      column.type = Type::kDay;
      Integers<int32_t>(data, rows, column.integers);
      break;
    case DUCKDB_TYPE_INTEGER:
      column.type = Type::kCount;
      Integers<int32_t>(data, rows, column.integers);
      break;
    default:
      column.type = Type::kCount;
      Integers<int64_t>(data, rows, column.integers);
      break;
  }
  duckdb_destroy_logical_type(&logical);
}

}  // namespace

void ReadChunk(duckdb_data_chunk chunk, RowBatch& batch) {
  batch.rows = duckdb_data_chunk_get_size(chunk);
  batch.columns.resize(duckdb_data_chunk_get_column_count(chunk));
  for (std::size_t at = 0; at < batch.columns.size(); ++at)
    ReadVector(duckdb_data_chunk_get_vector(chunk, at), batch.rows, batch.columns[at]);
}

}  // namespace backcast
