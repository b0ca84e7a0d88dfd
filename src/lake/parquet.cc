// SPDX-License-Identifier: Apache-2.0
#include "lake/parquet.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "lake/files.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNoMonth = "__HIVE_DEFAULT_PARTITION__";

bool IsInteger(const std::string& type) { return type == "BIGINT"; }

std::string LiteralList(const Store& store, const std::string& table,
                        const std::vector<const DataFile*>& files) {
  std::string list;
  for (const DataFile* file : files)
    list += (list.empty() ? "" : ", ") + FileLiteral(store.TableFolder(table) + "/" + file->path);
  return "[" + list + "]";
}

/// What COPY wrote below `hidden`, with whole paths; "month=2026-03-01" becomes the month "2026-03".
Result<std::vector<DataFile>> FindWritten(const Layout& layout, const std::string& hidden) {
  std::vector<DataFile> files;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(hidden, failed), end; !failed && at != end; at.increment(failed)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored)) continue;
    DataFile file;
    file.path = at->path().string();
    if (!layout.day.empty()) {
      // COPY has its own word for the folder of rows without a day, and so has Delta.
      const std::string value =
          at->path().parent_path().filename().string().substr(std::string_view("month=").size());
      if (value.find_first_not_of("0123456789-") == std::string::npos)
        file.month = value.substr(0, std::string_view("2026-03").size());
    }
    files.push_back(std::move(file));
  }
  if (failed) return Error{Code::kUnavailable, hidden, "cannot read the folder: " + failed.message(), ""};
  std::sort(files.begin(), files.end(), [](const DataFile& a, const DataFile& b) { return a.path < b.path; });
  return files;
}

/// Row counts, null counts and ranges from the files' own footers.
Result<Done> AddStats(DuckDb& engine, const Store& store, const Layout& layout,
                      std::vector<DataFile>& files) {
  if (files.empty()) return Done{};
  std::vector<const DataFile*> list;
  for (const DataFile& file : files) list.push_back(&file);
  BACKCAST_TRY(const Table table,
               engine.Run("select file_name, path_in_schema, sum(num_values)::bigint as rows, "
                          "sum(stats_null_count)::bigint as nulls, "
                          "bool_and((stats_min_value is not null and stats_max_value is not null) or "
                          "stats_null_count = num_values) as known, "
                          "min(stats_min_value) as word_min, max(stats_max_value) as word_max, "
                          "min(try_cast(stats_min_value as bigint))::varchar as int_min, "
                          "max(try_cast(stats_max_value as bigint))::varchar as int_max "
                          "from parquet_metadata(" +
                          LiteralList(store, layout.table, list) + ") group by 1, 2"));
  std::map<std::string, std::map<std::string, std::int64_t>> nulls;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::string& path = table.columns[0].words[row];
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const DataFile& f) { return path.ends_with("/" + f.path); });
    const std::string& name = table.columns[1].words[row];
    const auto column = std::find_if(layout.columns.begin(), layout.columns.end(),
                                     [&](const LakeColumn& c) { return c.name == name; });
    if (file == files.end() || column == layout.columns.end()) continue;
    file->rows = static_cast<std::int64_t>(table.columns[2].numbers[row]);
    if (table.columns[3].present[row] != 0)
      nulls[file->path][name] = static_cast<std::int64_t>(table.columns[3].numbers[row]);
    const bool known = table.columns[4].numbers[row] != 0 && table.columns[5].present[row] != 0;
    if (!known) continue;
    // Of keys, to find what a load replaces; of source and currency, to tell without a scan that there is
    // one.
    const bool told = name == "source" || name == "currency" ||
                      std::find(layout.key.begin(), layout.key.end(), name) != layout.key.end();
    if (IsInteger(column->type) && table.columns[7].present[row] != 0) {
      file->integers[name] = {std::stoll(table.columns[7].words[row]),
                              std::stoll(table.columns[8].words[row])};
    } else if (column->type == "DATE" ||
               (told && column->type == "VARCHAR" && table.columns[6].words[row].size() <= 256)) {
      file->words[name] = {table.columns[5].words[row], table.columns[6].words[row]};
    }
  }
  for (DataFile& file : files) {
    file.nulls = std::move(nulls[file.path]);
    file.stats = StatsJson(file, file.nulls);
  }
  return Done{};
}

}  // namespace

std::string FileLiteral(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == '[' || c == '*' || c == '?') {
      out += {'[', c, ']'};
    } else {
      out += c;
    }
  }
  return QuoteText(out);
}

Result<Layout> LayoutOf(const Fact& fact, const Snapshot& snapshot) {
  Layout layout{.table = fact.id, .day = fact.day, .key = fact.key};
  if (fact.is_dimension) {
    layout.columns = {{fact.id + "_key", "BIGINT"}, {"natural", "VARCHAR"}};
    layout.key = {"natural"};
  }
  for (const FactColumn& column : fact.columns)
    layout.columns.push_back({column.name, std::string(SqlType(column.type))});
  layout.columns.insert(layout.columns.end(),
                        {{"source", "VARCHAR"}, {"load_id", "BIGINT"}, {"line", "BIGINT"}});
  if (!fact.day.empty()) layout.order.push_back(fact.day);
  for (const std::string& name : fact.is_dimension ? std::vector<std::string>{fact.id + "_key"} : fact.key) {
    if (name != fact.day) layout.order.push_back(name);
  }
  for (const LakeColumn& old : snapshot.metadata.columns) {
    const auto same = std::find_if(layout.columns.begin(), layout.columns.end(),
                                   [&](const LakeColumn& c) { return c.name == old.name; });
    if (same == layout.columns.end()) {
      layout.columns.push_back(old);
    } else if (same->type != old.type) {
      return Error{Code::kInput, fact.id + "." + old.name,
                   "the lake holds this column as " + old.type + ", not as " + same->type,
                   "load the exports into a new lake"};
    }
  }
  return layout;
}

std::optional<Metadata> NewMetadata(const Layout& layout, const Snapshot& snapshot, std::int64_t now) {
  const bool exists = !snapshot.metadata.id.empty();
  auto sorted = [](std::vector<LakeColumn> columns) {
    std::sort(columns.begin(), columns.end(),
              [](const LakeColumn& a, const LakeColumn& b) { return a.name < b.name; });
    return columns;
  };
  if (exists && sorted(layout.columns) == sorted(snapshot.metadata.columns)) return std::nullopt;
  Metadata metadata = snapshot.metadata;
  if (!exists) {
    std::string id = UniqueName() + UniqueName();
    for (const std::size_t dash : {8, 13, 18, 23}) id.insert(dash, 1, '-');
    metadata.id = id.substr(0, 36);
    metadata.created = now;
  }
  metadata.name = layout.table;
  metadata.by_month = !layout.day.empty();
  metadata.evolved = snapshot.metadata.evolved || (exists && !snapshot.files.empty());
  metadata.columns = layout.columns;
  return metadata;
}

std::string ColumnList(const std::vector<LakeColumn>& columns, std::string_view prefix) {
  std::string list;
  for (const LakeColumn& column : columns)
    list += (list.empty() ? "" : ", ") + std::string(prefix) + QuoteName(column.name);
  return list;
}

std::string FilesSql(const Store& store, const Layout& layout, const Snapshot& snapshot,
                     const std::vector<const DataFile*>& files, bool positions) {
  const bool evolved = snapshot.metadata.evolved ||
                       !std::all_of(layout.columns.begin(), layout.columns.end(), [&](const LakeColumn& c) {
                         return std::find(snapshot.metadata.columns.begin(), snapshot.metadata.columns.end(),
                                          c) != snapshot.metadata.columns.end();
                       });
  std::string empty = "select ";
  for (const LakeColumn& column : layout.columns)
    empty += "null::" + column.type + " as " + QuoteName(column.name) + ", ";
  empty += "null::varchar as filename, null::bigint as file_row_number where false";
  std::string read =
      "read_parquet(" + LiteralList(store, layout.table, files) + ", hive_partitioning = false";
  if (positions) read += ", filename = true, file_row_number = true";
  if (evolved) read += ", union_by_name = true";
  read += ")";
  const std::string columns = ColumnList(layout.columns) + (positions ? ", filename, file_row_number" : "");
  if (files.empty()) return "(select " + columns + " from (" + empty + "))";
  if (evolved)
    return "(select " + columns + " from (" + empty + " union all by name select * from " + read + "))";
  return "(select " + columns + " from " + read + ")";
}

Result<std::vector<DataFile>> WriteFiles(DuckDb& engine, const Store& store, const Layout& layout,
                                         const std::string& select, Sorting sorting) {
  BACKCAST_CHECK(MakeFolder(store.TableFolder(layout.table)));
  const HiddenFolder hidden(store.TableFolder(layout.table) + "/.write-" + UniqueName());
  std::string sort;
  for (const std::string& name : sorting == Sorting::kSort ? layout.order : std::vector<std::string>{})
    sort += (sort.empty() ? " order by " : ", ") + QuoteName(name);
  std::string columns = ColumnList(layout.columns);
  std::string target = hidden.path();
  std::string options = "format parquet, compression zstd";
  if (layout.day.empty()) {
    BACKCAST_CHECK(MakeFolder(hidden.path()));
    target += "/rows";
    options += ", use_tmp_file false";
  } else {
    // A date is a cheaper thing to part by than a text; MoveIn makes "2026-03" of it.
    columns += ", date_trunc('month', " + QuoteName(layout.day) + ") as month";
    options += ", partition_by (month)";
  }
  BACKCAST_CHECK(engine.Do("copy (select " + columns + " from (" + select + ")" + sort + ") to " +
                           QuoteText(target) + " (" + options + ")"));
  BACKCAST_TRY(std::vector<DataFile> written, FindWritten(layout, hidden.path()));
  BACKCAST_TRY(std::vector<DataFile> files, TakeFiles(store, layout, std::move(written)));
  if (const auto counted = AddStats(engine, store, layout, files); !counted.ok()) {
    Discard(store, layout, files);
    return counted.error();
  }
  std::erase_if(files, [&](const DataFile& file) {
    if (file.rows > 0) return false;
    Discard(store, layout, {file});
    return true;
  });
  return files;
}

Result<std::vector<DataFile>> TakeFiles(const Store& store, const Layout& layout,
                                        std::vector<DataFile> written) {
  std::vector<DataFile> files;
  std::set<std::string> folders;
  for (DataFile& file : written) {
    const std::string hidden = std::exchange(file.path, "part-" + UniqueName() + ".parquet");
    if (!layout.day.empty()) {
      const std::string folder = "month=" + file.month.value_or(std::string(kNoMonth));
      file.path = folder + "/" + file.path;
      BACKCAST_CHECK(MakeFolder(store.TableFolder(layout.table) + "/" + folder));
    }
    const std::string final_name = store.TableFolder(layout.table) + "/" + file.path;
    // A second name, not a new one: should this version lose a race, the files are still there to try again.
    if (const auto linked = Link(hidden, final_name); !linked.ok()) {
      Discard(store, layout, files);
      return linked.error();
    }
    struct stat info{};
    ::stat(final_name.c_str(), &info);
    file.bytes = info.st_size;
    file.modified = store.NowMs();
    folders.insert(fs::path(final_name).parent_path().string());
    files.push_back(std::move(file));
  }
  for (const std::string& folder : folders) BACKCAST_CHECK(Flush(folder));
  return files;
}

void Discard(const Store& store, const Layout& layout, const std::vector<DataFile>& files) {
  for (const DataFile& file : files) {
    std::error_code ignored;
    fs::remove(store.TableFolder(layout.table) + "/" + file.path, ignored);
  }
}

}  // namespace backcast
