// SPDX-License-Identifier: Apache-2.0
#include "base/yaml.h"

#include <yaml.h>

#include <charconv>
#include <memory>
#include <unordered_set>

namespace backcast {
namespace {

Place PlaceOf(const yaml_mark_t& mark) {
  return {static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
}

/// Builds the tree from libyaml's events with a stack of its own, so that depth costs memory and not stack.
class Builder {
 public:
  Builder(std::string_view text, std::string_view file, const YamlLimits& limits)
      : file_(file), limits_(limits) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~Builder() { yaml_parser_delete(&parser_); }
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  Result<Yaml> Build() {
    for (;;) {
      yaml_event_t event;
      if (yaml_parser_parse(&parser_, &event) == 0) return Refused();
      const std::unique_ptr<yaml_event_t, decltype(&yaml_event_delete)> owner(&event, &yaml_event_delete);
      if (event.type == YAML_STREAM_END_EVENT) return std::move(root_);
      BACKCAST_CHECK(Take(event));
    }
  }

 private:
  struct Open {
    Yaml node;
    std::unordered_set<std::string> keys;
    std::string key;
    Place key_place;
    bool has_key = false;
  };

  Error At(const Place& place, std::string what, std::string hint = "") const {
    return {Code::kInput, backcast::At(file_, place), std::move(what), std::move(hint)};
  }

  Error Refused() const {
    const Place place = PlaceOf(parser_.problem_mark);
    std::string what = parser_.problem != nullptr ? parser_.problem : "this is not YAML";
    if (parser_.error == YAML_READER_ERROR) what = "the text is not valid UTF-8";
    return At(place, what, "check the indentation, and put quotes around sentences that contain ? : , or #");
  }

  Result<Done> Take(const yaml_event_t& event) {
    const Place place = PlaceOf(event.start_mark);
    if (++nodes_ > limits_.nodes)
      return At(place, "the file has too many values", "split it or remove what is not needed");
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        if (++documents_ > 1)
          return At(place, "a second document begins here", "keep one document in one file");
        return Done{};
      case YAML_ALIAS_EVENT:
        return At(place, "aliases (*name) are not used here", "write the value out");
      case YAML_SCALAR_EVENT:
        return Scalar(event, place);
      case YAML_SEQUENCE_START_EVENT:
        return Begin(Yaml::Kind::kList, place, event.data.sequence_start.anchor);
      case YAML_MAPPING_START_EVENT:
        return Begin(Yaml::Kind::kMap, place, event.data.mapping_start.anchor);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: {
        Yaml done = std::move(open_.back().node);
        open_.pop_back();
        return Add(std::move(done));
      }
      default:
        return Done{};
    }
  }

  Result<Done> Begin(Yaml::Kind kind, const Place& place, const unsigned char* anchor) {
    if (anchor != nullptr) return At(place, "anchors (&name) are not used here", "write the value out");
    if (static_cast<int>(open_.size()) >= limits_.depth) return At(place, "the file is nested too deeply");
    if (!open_.empty() && open_.back().node.IsMap() && !open_.back().has_key) {
      return At(place, "a key must be a word, not a list or a map");
    }
    Open open;
    open.node.kind = kind;
    open.node.place = place;
    open_.push_back(std::move(open));
    return Done{};
  }

  Result<Done> Scalar(const yaml_event_t& event, const Place& place) {
    const auto& scalar = event.data.scalar;
    if (scalar.anchor != nullptr)
      return At(place, "anchors (&name) are not used here", "write the value out");
    std::string text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    if (!open_.empty() && open_.back().node.IsMap() && !open_.back().has_key) {
      Open& map = open_.back();
      if (!map.keys.insert(text).second) {
        return At(place, "the key '" + text.substr(0, 60) + "' stands here a second time",
                  "keep one of them");
      }
      map.key = std::move(text);
      map.key_place = place;
      map.has_key = true;
      return Done{};
    }
    Yaml node;
    node.place = place;
    node.quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    const bool null =
        !node.quoted && (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
    node.kind = null ? Yaml::Kind::kNull : Yaml::Kind::kScalar;
    if (!null) node.text = std::move(text);
    return Add(std::move(node));
  }

  Result<Done> Add(Yaml node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return Done{};
    }
    Open& parent = open_.back();
    if (parent.node.IsMap()) {
      parent.node.entries.push_back({std::move(parent.key), parent.key_place, std::move(node)});
      parent.has_key = false;
    } else {
      parent.node.items.push_back(std::move(node));
    }
    return Done{};
  }

  std::string_view file_;
  YamlLimits limits_;
  yaml_parser_t parser_;
  std::vector<Open> open_;
  Yaml root_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

}  // namespace

std::string At(std::string_view file, const Place& place) {
  return std::string(file) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

Result<Yaml> ParseYaml(std::string_view text, std::string_view file, const YamlLimits& limits) {
  if (text.size() > limits.bytes) {
    return Error{Code::kInput, std::string(file),
                 "the file is larger than " + std::to_string(limits.bytes >> 20) + " MB",
                 "a plan or mapping is a few pages; is this the right file?"};
  }
  return Builder(text, file, limits).Build();
}

const Yaml* Yaml::Find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::string Yaml::Text(std::string_view key, std::string_view otherwise) const {
  const Yaml* value = Find(key);
  return value != nullptr && value->IsScalar() ? value->text : std::string(otherwise);
}

std::optional<double> Yaml::Number() const {
  if (!IsScalar() || quoted || text.empty()) return std::nullopt;
  const char* begin = text.data() + (text[0] == '+' ? 1 : 0);
  const char* end = text.data() + text.size();
  double number = 0;
  const auto [rest, fault] = std::from_chars(begin, end, number);
  if (fault != std::errc() || rest != end) return std::nullopt;
  return number;
}

std::optional<bool> Yaml::Boolean() const {
  if (!IsScalar() || quoted) return std::nullopt;
  if (text == "true" || text == "yes" || text == "True") return true;
  if (text == "false" || text == "no" || text == "False") return false;
  return std::nullopt;
}

std::vector<std::string> Yaml::Texts() const {
  if (IsScalar()) return {text};
  std::vector<std::string> texts;
  for (const Yaml& item : items) {
    if (item.IsScalar()) texts.push_back(item.text);
  }
  return texts;
}

std::vector<std::string> Yaml::Texts(std::string_view key) const {
  const Yaml* value = Find(key);
  return value == nullptr ? std::vector<std::string>() : value->Texts();
}

double Yaml::Number(std::string_view key, double otherwise) const {
  const Yaml* value = Find(key);
  return value == nullptr ? otherwise : value->Number().value_or(otherwise);
}

bool Yaml::Flag(std::string_view key) const {
  const Yaml* value = Find(key);
  return value != nullptr && value->Boolean().value_or(false);
}

const std::vector<Yaml>& Yaml::Items(std::string_view key) const {
  static const std::vector<Yaml> none;
  const Yaml* value = Find(key);
  return value == nullptr ? none : value->items;
}

}  // namespace backcast
