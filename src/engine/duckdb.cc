// SPDX-License-Identifier: Apache-2.0
#include "engine/duckdb.h"

#include <duckdb.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include "engine/duckdb_stream.h"

namespace backcast {
namespace {

/// Runs a C destructor when the owner goes; T is one of DuckDB's handle types.
template <class T, void (*Destroy)(T*)>
class Handle {
 public:
  Handle() = default;
  ~Handle() { Destroy(&handle_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  T* put() { return &handle_; }
  T get() const { return handle_; }

 private:
  T handle_{};
};

using Config = Handle<duckdb_config, duckdb_destroy_config>;
using Prepared = Handle<duckdb_prepared_statement, duckdb_destroy_prepare>;
using Chunk = Handle<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using LogicalType = Handle<duckdb_logical_type, duckdb_destroy_logical_type>;

struct Answer {
  duckdb_result result{};
  ~Answer() { duckdb_destroy_result(&result); }
};

Error ToError(duckdb_error_type type, const char* message) {
  const std::string text = message != nullptr ? message : "no message";
  switch (type) {
    case DUCKDB_ERROR_INTERRUPT:
      return {Code::kInterrupted, "", "interrupted", ""};
    case DUCKDB_ERROR_OUT_OF_MEMORY:
      return {Code::kUnavailable, "", "the engine ran out of memory: " + text,
              "give it more with --memory, or ask for a shorter period"};
    case DUCKDB_ERROR_IO:
    case DUCKDB_ERROR_PERMISSION:
      return {Code::kUnavailable, "", text, "check the disk and the folder's permissions"};
    default:
      return {Code::kInternal, "", text, ""};
  }
}

double FromHugeint(duckdb_hugeint value) { return duckdb_hugeint_to_double(value); }

/// One column of one chunk appended to a Column; every type an answer can have.
class ColumnReader {
 public:
  ColumnReader(duckdb_type type, duckdb_type decimal_storage, unsigned scale, Column& column)
      : type_(type), storage_(decimal_storage), scale_(scale), column_(column) {}

  void Append(duckdb_vector vector, idx_t rows) {
    const void* data = duckdb_vector_get_data(vector);
    uint64_t* validity = duckdb_vector_get_validity(vector);
    for (idx_t row = 0; row < rows; ++row) {
      const bool present = validity == nullptr || duckdb_validity_row_is_valid(validity, row);
      column_.present.push_back(present ? 1 : 0);
      if (column_.is_text) {
        column_.words.push_back(present ? Word(data, row) : std::string());
      } else {
        column_.numbers.push_back(present ? Number(data, row) : std::numeric_limits<double>::quiet_NaN());
      }
    }
  }

  static bool IsText(duckdb_type type) { return type == DUCKDB_TYPE_VARCHAR || type == DUCKDB_TYPE_BLOB; }

 private:
  template <class T>
  static T At(const void* data, idx_t row) {
    return static_cast<const T*>(data)[row];
  }

  static std::string Word(const void* data, idx_t row) {
    duckdb_string_t text = At<duckdb_string_t>(data, row);
    return {duckdb_string_t_data(&text), duckdb_string_t_length(text)};
  }

  double Integer(duckdb_type type, const void* data, idx_t row) const {
    switch (type) {
      case DUCKDB_TYPE_TINYINT:
        return At<int8_t>(data, row);
      case DUCKDB_TYPE_SMALLINT:
        return At<int16_t>(data, row);
      case DUCKDB_TYPE_INTEGER:
        return At<int32_t>(data, row);
      case DUCKDB_TYPE_HUGEINT:
        return FromHugeint(At<duckdb_hugeint>(data, row));
      default:
        return static_cast<double>(At<int64_t>(data, row));
    }
  }

  double Number(const void* data, idx_t row) const {
    switch (type_) {
      case DUCKDB_TYPE_BOOLEAN:
        return At<bool>(data, row) ? 1 : 0;
      case DUCKDB_TYPE_UTINYINT:
        return At<uint8_t>(data, row);
      case DUCKDB_TYPE_USMALLINT:
        return At<uint16_t>(data, row);
      case DUCKDB_TYPE_UINTEGER:
        return At<uint32_t>(data, row);
      case DUCKDB_TYPE_UBIGINT:
        return static_cast<double>(At<uint64_t>(data, row));
      case DUCKDB_TYPE_FLOAT:
        return At<float>(data, row);
      case DUCKDB_TYPE_DOUBLE:
        return At<double>(data, row);
      case DUCKDB_TYPE_DATE:
        return At<int32_t>(data, row);
      case DUCKDB_TYPE_TIMESTAMP:
      case DUCKDB_TYPE_TIMESTAMP_TZ:
        return static_cast<double>(At<int64_t>(data, row)) / 1e6;
      case DUCKDB_TYPE_DECIMAL:
        return Integer(storage_, data, row) / std::pow(10.0, scale_);
      default:
        return Integer(type_, data, row);
    }
  }

  duckdb_type type_;
  duckdb_type storage_;
  unsigned scale_;
  Column& column_;
};

Result<Table> ToTable(duckdb_result& result) {
  Table table;
  const idx_t columns = duckdb_column_count(&result);
  table.columns.resize(columns);
  std::vector<ColumnReader> readers;
  for (idx_t i = 0; i < columns; ++i) {
    LogicalType logical;
    *logical.put() = duckdb_column_logical_type(&result, i);
    const duckdb_type type = duckdb_column_type(&result, i);
    const bool decimal = type == DUCKDB_TYPE_DECIMAL;
    table.columns[i].name = duckdb_column_name(&result, i);
    table.columns[i].is_text = ColumnReader::IsText(type);
    readers.emplace_back(type, decimal ? duckdb_decimal_internal_type(logical.get()) : type,
                         decimal ? duckdb_decimal_scale(logical.get()) : 0, table.columns[i]);
  }
  for (;;) {
    Chunk chunk;
    *chunk.put() = duckdb_fetch_chunk(result);
    if (chunk.get() == nullptr) break;
    const idx_t rows = duckdb_data_chunk_get_size(chunk.get());
    table.rows += rows;
    for (idx_t i = 0; i < columns; ++i) readers[i].Append(duckdb_data_chunk_get_vector(chunk.get(), i), rows);
  }
  return table;
}

/// The statement with its arguments bound. Error: the engine's words and the statement.
Result<Done> Prepare(duckdb_connection connection, const Statement& statement, Prepared& prepared) {
  if (duckdb_prepare(connection, statement.text.c_str(), prepared.put()) == DuckDBError) {
    Error error = ToError(DUCKDB_ERROR_INVALID, duckdb_prepare_error(prepared.get()));
    error.what += "\nin: " + statement.text.substr(0, 4000);
    return error;
  }
  for (std::size_t i = 0; i < statement.arguments.size(); ++i) {
    const std::string& text = statement.arguments[i];
    duckdb_bind_varchar_length(prepared.get(), i + 1, text.data(), text.size());
  }
  return Done{};
}

}  // namespace

struct DuckDb::State {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  std::mutex running;  // a DuckDB connection runs one statement at a time
  DuckDbOptions options;

  ~State() {
    if (connection != nullptr) duckdb_disconnect(&connection);
    if (database != nullptr) duckdb_close(&database);
  }
};

DuckDb::DuckDb() : state_(std::make_unique<State>()) {}
DuckDb::~DuckDb() = default;

Result<std::unique_ptr<DuckDb>> DuckDb::Open(const DuckDbOptions& options) {
  std::unique_ptr<DuckDb> engine(new DuckDb());
  engine->state_->options = options;
  Config config;
  if (duckdb_create_config(config.put()) == DuckDBError)
    return Error{Code::kUnavailable, "", "the engine does not start", ""};
  std::string refused;
  const auto set = [&](const char* name, const std::string& value) {
    if (duckdb_set_config(config.get(), name, value.c_str()) == DuckDBError) refused = value;
  };
  if (options.threads > 0) set("threads", std::to_string(options.threads));
  if (!options.memory.empty()) set("memory_limit", options.memory);
  if (!options.spill.empty()) set("temp_directory", options.spill);
  set("autoinstall_known_extensions", "false");
  set("autoload_known_extensions", "false");
  if (!refused.empty()) {
    return Error{Code::kUsage, "", "the engine refuses the setting '" + refused + "'",
                 "check --threads and --memory (for example 512MB)"};
  }
  char* message = nullptr;
  if (duckdb_open_ext(nullptr, &engine->state_->database, config.get(), &message) == DuckDBError) {
    const std::string text = message != nullptr ? message : "";
    duckdb_free(message);
    return Error{Code::kUsage, "", "the engine refuses its settings: " + text,
                 "check --threads and --memory (for example 512MB)"};
  }
  if (duckdb_connect(engine->state_->database, &engine->state_->connection) == DuckDBError) {
    return Error{Code::kUnavailable, "", "the engine accepts no connection", ""};
  }
  BACKCAST_CHECK(engine->Do("SET TimeZone = 'UTC'"));
  // A partitioned COPY would else hold half a million rows per thread before it writes the first.
  BACKCAST_CHECK(engine->Do("SET partitioned_write_flush_threshold = 65536"));
  return engine;
}

Result<Done> DuckDb::Lock() {
  std::string folders;
  for (const std::string& folder : state_->options.folders) {
    folders += (folders.empty() ? "" : ", ") + QuoteText(folder.ends_with('/') ? folder : folder + "/");
  }
  BACKCAST_CHECK(Do("SET allowed_directories = [" + folders + "]"));
  BACKCAST_CHECK(Do("SET enable_external_access = false"));
  return Do("SET lock_configuration = true");
}

Result<Table> DuckDb::Run(const Statement& statement) {
  const std::lock_guard lock(state_->running);
  Prepared prepared;
  BACKCAST_CHECK(Prepare(state_->connection, statement, prepared));
  Answer answer;
  if (duckdb_execute_prepared(prepared.get(), &answer.result) == DuckDBError) {
    Error error = ToError(duckdb_result_error_type(&answer.result), duckdb_result_error(&answer.result));
    if (error.code == Code::kInternal) error.what += "\nin: " + statement.text.substr(0, 4000);
    return error;
  }
  return ToTable(answer.result);
}

Result<Table> DuckDb::Run(std::string_view sql) { return Run(Statement{std::string(sql), {}}); }

Result<Done> DuckDb::Stream(const Statement& statement,
                            const std::function<Result<Done>(const RowBatch&)>& take) {
  const std::lock_guard lock(state_->running);
  Prepared prepared;
  BACKCAST_CHECK(Prepare(state_->connection, statement, prepared));
  // The deprecated name of streaming is the only one that the C interface has.
  Answer answer;
  if (duckdb_execute_prepared_streaming(prepared.get(), &answer.result) == DuckDBError)
    return ToError(duckdb_result_error_type(&answer.result), duckdb_result_error(&answer.result));
  RowBatch batch;
  for (;;) {
    Chunk chunk;
    *chunk.put() = duckdb_fetch_chunk(answer.result);
    if (chunk.get() == nullptr) break;
    ReadChunk(chunk.get(), batch);
    BACKCAST_CHECK(take(batch));
  }
  // A stream that fails on its way ends like one that is done; only its message tells.
  if (const char* fault = duckdb_result_error(&answer.result); fault != nullptr && *fault != '\0')
    return ToError(duckdb_result_error_type(&answer.result), fault);
  return Done{};
}

Result<Done> DuckDb::Do(std::string_view sql) {
  BACKCAST_CHECK(Run(sql));
  return Done{};
}

int DuckDb::threads() const { return state_->options.threads; }

void DuckDb::Interrupt() { duckdb_interrupt(state_->connection); }

double DuckDb::Progress() const { return duckdb_query_progress(state_->connection).percentage / 100.0; }

// ---------------------------------------------------------------- appending

struct DuckDb::Appender::State {
  duckdb_connection own = nullptr;  // of one that appends beside a stream
  duckdb_appender appender = nullptr;
  std::vector<duckdb_type> kinds;
  duckdb_data_chunk chunk = nullptr;

  ~State() {
    duckdb_destroy_data_chunk(&chunk);
    if (appender != nullptr) duckdb_appender_destroy(&appender);
    if (own != nullptr) duckdb_disconnect(&own);
  }

  Result<Done> Begin(duckdb_connection connection, std::string_view table) {
    if (duckdb_appender_create(connection, nullptr, std::string(table).c_str(), &appender) == DuckDBError)
      return Failed();
    const idx_t columns = duckdb_appender_column_count(appender);
    std::vector<duckdb_logical_type> types;
    for (idx_t i = 0; i < columns; ++i) types.push_back(duckdb_appender_column_type(appender, i));
    for (const duckdb_logical_type type : types) kinds.push_back(duckdb_get_type_id(type));
    chunk = duckdb_create_data_chunk(types.data(), columns);
    for (duckdb_logical_type& type : types) duckdb_destroy_logical_type(&type);
    return Done{};
  }

  Error Failed() const { return ToError(DUCKDB_ERROR_INVALID, duckdb_appender_error(appender)); }
};

namespace {

template <class T>
void CopyIntegers(const ColumnBuffer& column, std::size_t from, std::size_t rows, void* data) {
  T* out = static_cast<T*>(data);
  for (std::size_t i = 0; i < rows; ++i) out[i] = static_cast<T>(column.integers[from + i]);
}

void CopyCells(const ColumnBuffer& column, duckdb_type kind, std::size_t from, std::size_t rows,
               duckdb_vector vector) {
  void* data = duckdb_vector_get_data(vector);
  switch (kind) {
    case DUCKDB_TYPE_VARCHAR:
      for (std::size_t i = 0; i < rows; ++i) {
        if (column.present[from + i] == 0) continue;
        const std::string_view word = column.words[from + i];
        duckdb_vector_assign_string_element_len(vector, i, word.data(), word.size());
      }
      break;
    case DUCKDB_TYPE_DOUBLE:
      std::copy_n(column.numbers.begin() + static_cast<std::ptrdiff_t>(from), rows,
                  static_cast<double*>(data));
      break;
    case DUCKDB_TYPE_DATE:
      CopyIntegers<int32_t>(column, from, rows, data);
      break;
    case DUCKDB_TYPE_BOOLEAN:
      CopyIntegers<bool>(column, from, rows, data);
      break;
    default:
      CopyIntegers<int64_t>(column, from, rows, data);
      break;
  }
  bool whole = true;
  for (std::size_t i = 0; i < rows && whole; ++i) whole = column.present[from + i] != 0;
  if (whole) return;
  duckdb_vector_ensure_validity_writable(vector);
  uint64_t* validity = duckdb_vector_get_validity(vector);
  for (std::size_t i = 0; i < rows; ++i) {
    duckdb_validity_set_row_validity(validity, i, column.present[from + i] != 0);
  }
}

}  // namespace

DuckDb::Appender::Appender() : state_(std::make_unique<State>()) {}
DuckDb::Appender::~Appender() = default;
DuckDb::Appender::Appender(Appender&&) noexcept = default;

Result<DuckDb::Appender> DuckDb::AppendTo(std::string_view table) {
  Appender appender;
  BACKCAST_CHECK(appender.state_->Begin(state_->connection, table));
  return appender;
}

Result<DuckDb::Appender> DuckDb::AppendBeside(std::string_view table) {
  Appender appender;
  if (duckdb_connect(state_->database, &appender.state_->own) == DuckDBError)
    return Error{Code::kUnavailable, "", "the engine accepts no second connection", ""};
  BACKCAST_CHECK(appender.state_->Begin(appender.state_->own, table));
  return appender;
}

Result<Done> DuckDb::Appender::Append(const RowBatch& batch) {
  if (batch.columns.size() != state_->kinds.size()) {
    return Error{Code::kInternal, "",
                 "a batch of " + std::to_string(batch.columns.size()) + " columns for a table of " +
                     std::to_string(state_->kinds.size()),
                 ""};
  }
  const std::size_t step = duckdb_vector_size();
  for (std::size_t from = 0; from < batch.rows; from += step) {
    const std::size_t rows = std::min(step, batch.rows - from);
    duckdb_data_chunk_reset(state_->chunk);
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      CopyCells(batch.columns[i], state_->kinds[i], from, rows,
                duckdb_data_chunk_get_vector(state_->chunk, i));
    }
    duckdb_data_chunk_set_size(state_->chunk, rows);
    if (duckdb_append_data_chunk(state_->appender, state_->chunk) == DuckDBError) return state_->Failed();
  }
  return Done{};
}

Result<Done> DuckDb::Appender::Close() {
  if (duckdb_appender_close(state_->appender) == DuckDBError) return state_->Failed();
  return Done{};
}

}  // namespace backcast
