// SPDX-License-Identifier: Apache-2.0
// The plan's own metrics as YAML text, every value where it stands in the plan.
#include <cstdio>

#include "plan/plan.h"

namespace backcast {
namespace {

/// Writes flow YAML and moves to a value's own line and column before it writes it.
class Writer {
 public:
  void List(const std::vector<const Yaml*>& items) {
    Put("[");
    for (const Yaml* item : items) {
      Value(*item);
      Put(",");
    }
    Put("]");
  }

  void Put(std::string_view text) {
    text_ += text;
    column_ += static_cast<int>(text.size());
  }

  void Value(const Yaml& value) {
    switch (value.kind) {
      case Yaml::Kind::kNull:
        return Put("null");
      case Yaml::Kind::kScalar:
        GoTo(value.place);
        return Scalar(value);
      case Yaml::Kind::kList: {
        std::vector<const Yaml*> items;
        for (const Yaml& item : value.items) items.push_back(&item);
        return List(items);
      }
      case Yaml::Kind::kMap:
        Put("{");
        Entries(value);
        return Put("}");
    }
  }

  void Entries(const Yaml& map) {
    for (const Yaml::Entry& entry : map.entries) {
      GoTo(entry.place);
      Quoted(entry.key);
      Put(": ");
      Value(entry.value);
      Put(",");
    }
  }

  void Quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') quoted += '\\';
      if (byte < 0x20 || byte == 0x7F) {
        char code[8];
        std::snprintf(code, sizeof code, "\\x%02X", byte);
        quoted += code;
      } else {
        quoted += c;
      }
    }
    Put(quoted + "\"");
  }

  void GoTo(const Place& place) {
    while (line_ < place.line) {
      text_ += '\n';
      ++line_;
      column_ = 1;
    }
    if (line_ == place.line && column_ < place.column)
      Put(std::string(static_cast<std::size_t>(place.column - column_), ' '));
  }

  std::string Take() { return std::move(text_); }

 private:
  void Scalar(const Yaml& value) {
    const bool plain = value.Number().has_value() || value.Boolean().has_value();
    plain ? Put(value.text) : Quoted(value.text);
  }

  std::string text_;
  int line_ = 1, column_ = 1;
};

}  // namespace

std::string CustomMetricsYaml(const Plan& plan) {
  const Yaml* custom = plan.root.Find("custom_metrics");
  if (custom == nullptr || (custom->items.empty() && custom->entries.empty())) return "";
  Writer writer;
  if (custom->IsList()) {
    writer.Value(*custom);
    return writer.Take() + "\n";
  }
  writer.Put("[");
  for (const Yaml::Entry& entry : custom->entries) {
    writer.GoTo(entry.place);
    writer.Put("{id: ");
    writer.Quoted(entry.key);
    writer.Put(",");
    writer.Entries(entry.value);
    writer.Put("},");
  }
  writer.Put("]");
  return writer.Take() + "\n";
}

}  // namespace backcast
