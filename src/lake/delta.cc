// SPDX-License-Identifier: Apache-2.0
#include "lake/delta.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/ascii.h"

namespace backcast {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kEngine = "Backcast";
constexpr std::string_view kNewer = "update Backcast, or give the lake back to the program that changed it";

struct TypePair {
  std::string_view sql, delta;
};
constexpr std::array<TypePair, 12> kTypes = {{{"BIGINT", "long"},
                                              {"VARCHAR", "string"},
                                              {"DOUBLE", "double"},
                                              {"DATE", "date"},
                                              {"TIMESTAMP", "timestamp_ntz"},
                                              {"BOOLEAN", "boolean"},
                                              {"INTEGER", "integer"},
                                              {"SMALLINT", "short"},
                                              {"TINYINT", "byte"},
                                              {"FLOAT", "float"},
                                              {"BLOB", "binary"},
                                              {"TIMESTAMP WITH TIME ZONE", "timestamp"}}};

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string DeltaType(const std::string& sql) {
  for (const TypePair& pair : kTypes) {
    if (pair.sql == sql) return std::string(pair.delta);
  }
  return LowerAscii(sql);  // DECIMAL(18,4) differs by case only
}

Result<std::string> SqlTypeOf(const Json& type) {
  if (type.is_string()) {
    const std::string name = type.get<std::string>();
    for (const TypePair& pair : kTypes) {
      if (pair.delta == name) return std::string(pair.sql);
    }
    // The rest becomes SQL as it is, so it may be nothing but (18,4).
    if (name.starts_with("decimal(") && name.find_first_not_of("0123456789,", 8) == name.size() - 1 &&
        name.back() == ')')
      return "DECIMAL" + name.substr(7);
  }
  return Error{Code::kInput, "", "the lake has a column of the type " + Dump(type) + ", which is not known",
               std::string(kNewer)};
}

std::string SchemaJson(const Metadata& metadata) {
  Json fields = Json::array();
  const auto add = [&](const std::string& name, const std::string& type) {
    fields.push_back({{"name", name}, {"type", type}, {"nullable", true}, {"metadata", Json::object()}});
  };
  for (const LakeColumn& column : metadata.columns) add(column.name, DeltaType(column.type));
  if (metadata.by_month) add("month", "string");
  return Dump({{"type", "struct"}, {"fields", fields}});
}

bool HasInstant(const Metadata& metadata) {
  return std::any_of(metadata.columns.begin(), metadata.columns.end(),
                     [](const LakeColumn& column) { return column.type == "TIMESTAMP"; });
}

/// %41 -> A: paths in the log are URI-encoded.
std::string Decoded(const std::string& path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool escape = path[i] == '%' && i + 2 < path.size() &&
                        std::isxdigit(static_cast<unsigned char>(path[i + 1])) != 0 &&
                        std::isxdigit(static_cast<unsigned char>(path[i + 2])) != 0;
    out += escape ? static_cast<char>(std::stoi(path.substr(i + 1, 2), nullptr, 16)) : path[i];
    if (escape) i += 2;
  }
  return out;
}

/// What Decoded() takes back; names that Backcast gives stay as they are.
std::string Encoded(const std::string& path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte < 127 && c != '%') {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

Result<std::string> SafePath(const Json& action) {
  const std::string path = Decoded(action.at("path").get<std::string>());
  const bool leaves = path.empty() || path.front() == '/' || path.find(':') != std::string::npos ||
                      path.find('\0') != std::string::npos ||
                      ("/" + path + "/").find("/../") != std::string::npos;
  if (leaves)
    return Error{Code::kInput, "", "the log names a file outside its table: " + path.substr(0, 200), ""};
  return path;
}

/// The whole number called `name`; `otherwise` when there is none, or none that 64 bits hold.
std::int64_t Whole(const Json& json, const char* name, std::int64_t otherwise = 0) {
  constexpr double kLimit = 9.2e18;
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number()) return otherwise;
  const double about = found->get<double>();
  return about > -kLimit && about < kLimit ? found->get<std::int64_t>() : otherwise;
}

Result<Done> ParseProtocol(const Json& protocol) {
  for (const char* list : {"readerFeatures", "writerFeatures"}) {
    if (!protocol.contains(list) || !protocol[list].is_array()) continue;
    for (const Json& feature : protocol[list]) {
      const std::string name = feature.get<std::string>();
      if (name != "timestampNtz" && name != "appendOnly" && name != "invariants") {
        return Error{Code::kInput, "",
                     "the lake uses the feature '" + name + "', which this version does not know",
                     std::string(kNewer)};
      }
    }
  }
  if (Whole(protocol, "minReaderVersion", 1) > 3 || Whole(protocol, "minWriterVersion", 2) > 7) {
    return Error{Code::kInput, "", "the lake is of a newer protocol", std::string(kNewer)};
  }
  return Done{};
}

Result<Metadata> ParseMetadata(const Json& json) {
  Metadata metadata;
  metadata.id = json.at("id").get<std::string>();
  if (json.contains("name") && json["name"].is_string()) metadata.name = json["name"].get<std::string>();
  metadata.created = Whole(json, "createdTime");
  metadata.by_month = json.contains("partitionColumns") && json["partitionColumns"] == Json::array({"month"});
  if (json.contains("configuration") && json["configuration"].is_object()) {
    metadata.evolved = json["configuration"].contains("backcast.evolved");
  }
  const Json schema = Json::parse(json.at("schemaString").get<std::string>());
  for (const Json& field : schema.at("fields")) {
    const std::string name = field.at("name").get<std::string>();
    if (metadata.by_month && name == "month") continue;
    BACKCAST_TRY(std::string type, SqlTypeOf(field.at("type")));
    metadata.columns.push_back({name, std::move(type)});
  }
  return metadata;
}

Result<CommitNote> ParseNote(const Json& json) {
  CommitNote note;
  note.timestamp = Whole(json, "inCommitTimestamp");
  if (note.timestamp == 0) note.timestamp = Whole(json, "timestamp");
  if (json.contains("operation") && json["operation"].is_string())
    note.operation = json["operation"].get<std::string>();
  note.ours = json.contains("engineInfo") && json["engineInfo"].is_string() &&
              json["engineInfo"].get<std::string>() == kEngine;
  if (!json.contains("backcast") || !json["backcast"].is_object()) return note;
  const Json& own = json["backcast"];
  note.load_id = Whole(own, "load_id");
  if (own.contains("tables") && own["tables"].is_object()) {
    for (const auto& [name, version] : own["tables"].items()) {
      if (!version.is_number_integer())
        return Error{Code::kInput, "", "a load names no version of the table " + name,
                     "restore the file from a backup, or load the exports into a new lake"};
      note.tables[name] = version.get<std::int64_t>();
    }
  }
  return note;
}

Result<Done> ParseAdd(const Json& json, Actions& actions) {
  if (json.contains("deletionVector") && !json["deletionVector"].is_null()) {
    return Error{Code::kInput, "", "the lake uses deletion vectors, which this version does not know",
                 std::string(kNewer)};
  }
  DataFile file;
  BACKCAST_TRY(file.path, SafePath(json));
  file.bytes = Whole(json, "size");
  file.modified = Whole(json, "modificationTime");
  if (json.contains("partitionValues") && json["partitionValues"].is_object()) {
    const Json& values = json["partitionValues"];
    if (values.contains("month") && values["month"].is_string())
      file.month = values["month"].get<std::string>();
  }
  if (json.contains("stats") && json["stats"].is_string()) ParseStats(json["stats"].get<std::string>(), file);
  actions.add.push_back(std::move(file));
  return Done{};
}

}  // namespace

void ParseStats(std::string_view text, DataFile& file) {
  file.stats = std::string(text);
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return;
  file.rows = Whole(json, "numRecords", -1);
  if (json.contains("nullCount") && json["nullCount"].is_object()) {
    for (const auto& [name, count] : json["nullCount"].items()) {
      if (count.is_number_integer()) file.nulls[name] = count.get<std::int64_t>();
    }
  }
  if (!json.contains("minValues") || !json.contains("maxValues")) return;
  const Json& most = json["maxValues"];
  for (const auto& [name, least] : json["minValues"].items()) {
    if (!most.contains(name)) continue;
    if (least.is_number_integer() && most[name].is_number_integer()) {
      file.integers[name] = {least.get<std::int64_t>(), most[name].get<std::int64_t>()};
    } else if (least.is_string() && most[name].is_string()) {
      file.words[name] = {least.get<std::string>(), most[name].get<std::string>()};
    }
  }
}

std::string StatsJson(const DataFile& file, const std::map<std::string, std::int64_t>& nulls) {
  Json least = Json::object();
  Json most = Json::object();
  for (const auto& [name, range] : file.integers) least[name] = range.first, most[name] = range.second;
  for (const auto& [name, range] : file.words) least[name] = range.first, most[name] = range.second;
  return Dump({{"numRecords", file.rows}, {"minValues", least}, {"maxValues", most}, {"nullCount", nulls}});
}

std::string ProtocolJson(const Metadata& metadata) {
  Json protocol = {{"minReaderVersion", 1}, {"minWriterVersion", 2}};
  if (HasInstant(metadata)) {
    protocol = {{"minReaderVersion", 3},
                {"minWriterVersion", 7},
                {"readerFeatures", {"timestampNtz"}},
                {"writerFeatures", {"timestampNtz"}}};
  }
  return Dump({{"protocol", protocol}});
}

std::string MetadataJson(const Metadata& metadata) {
  Json configuration = Json::object();
  if (metadata.evolved) configuration["backcast.evolved"] = "true";
  const Json partitions = metadata.by_month ? Json::array({"month"}) : Json::array();
  return Dump({{"metaData",
                {{"id", metadata.id},
                 {"name", metadata.name},
                 {"format", {{"provider", "parquet"}, {"options", Json::object()}}},
                 {"schemaString", SchemaJson(metadata)},
                 {"partitionColumns", partitions},
                 {"configuration", configuration},
                 {"createdTime", metadata.created}}}});
}

std::string AddJson(const DataFile& file, bool by_month, bool data_change) {
  Json values = Json::object();
  if (by_month) values["month"] = file.month ? Json(*file.month) : Json(nullptr);
  Json add = {{"path", Encoded(file.path)},
              {"partitionValues", values},
              {"size", file.bytes},
              {"modificationTime", file.modified},
              {"dataChange", data_change}};
  if (!file.stats.empty()) add["stats"] = file.stats;
  return Dump({{"add", add}});
}

std::string RemoveJson(const std::string& path, std::int64_t deleted, bool data_change) {
  return Dump(
      {{"remove", {{"path", Encoded(path)}, {"deletionTimestamp", deleted}, {"dataChange", data_change}}}});
}

std::string ToJson(const Actions& actions, bool by_month) {
  Json own = {{"load_id", actions.note.load_id}};
  if (!actions.note.tables.empty()) own["tables"] = actions.note.tables;
  Json info = {{"timestamp", actions.note.timestamp},     {"operation", actions.note.operation},
               {"operationParameters", Json::object()},   {"engineInfo", kEngine},
               {"isBlindAppend", actions.remove.empty()}, {"backcast", own}};
  std::string text = Dump({{"commitInfo", info}}) + "\n";
  if (actions.metadata)
    text += ProtocolJson(*actions.metadata) + "\n" + MetadataJson(*actions.metadata) + "\n";
  for (const auto& [path, deleted] : actions.remove)
    text += RemoveJson(path, deleted, actions.data_change) + "\n";
  for (const DataFile& file : actions.add) text += AddJson(file, by_month, actions.data_change) + "\n";
  return text;
}

Result<Done> ParseAction(std::string_view line, Actions& actions) {
  try {
    const Json json = Json::parse(line);
    if (json.contains("commitInfo") && json["commitInfo"].is_object()) {
      BACKCAST_TRY(actions.note, ParseNote(json["commitInfo"]));
    }
    if (json.contains("protocol") && json["protocol"].is_object())
      BACKCAST_CHECK(ParseProtocol(json["protocol"]));
    if (json.contains("metaData") && json["metaData"].is_object()) {
      BACKCAST_TRY(actions.metadata, ParseMetadata(json["metaData"]));
    }
    if (json.contains("add") && json["add"].is_object()) BACKCAST_CHECK(ParseAdd(json["add"], actions));
    if (json.contains("remove") && json["remove"].is_object()) {
      const Json& remove = json["remove"];
      BACKCAST_TRY(std::string path, SafePath(remove));
      actions.remove.emplace_back(std::move(path), Whole(remove, "deletionTimestamp"));
    }
  } catch (const Json::exception& damaged) {
    return Error{Code::kInput, "", std::string("a damaged line in the log (") + damaged.what() + ")",
                 "restore the file from a backup, or load the exports into a new lake"};
  }
  return Done{};
}

}  // namespace backcast
