// SPDX-License-Identifier: Apache-2.0
#include "plan/text_layer.h"

#include <algorithm>
#include <unordered_set>

#include "plan/ids.h"
#include "plan/rulebook.h"
#include "plan/shape.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

constexpr std::size_t kMostFindings = 1000;
constexpr int kWidest = 2000;  // columns; a line beyond was written by a machine

/// Where the walk is: what a sentence calls the block, and the node that a fault of it would concern.
struct Spot {
  std::string block;   ///< "outcome o_sales", "the plan"
  std::string node;    ///< id of the outcome, KPI, tactic or objective around it
  bool vital = false;  ///< inside a value that the verdict needs
};

/// The text by lines, to see what YAML dropped.
class Lines {
 public:
  explicit Lines(std::string_view text) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines_.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  /// What stands behind the plain scalar `value` in its line.
  std::string_view Behind(const Yaml& value) const {
    const auto line = static_cast<std::size_t>(value.place.line);
    if (value.quoted || line == 0 || line > lines_.size() || value.place.column > kWidest) return "";
    std::string_view rest = lines_[line - 1];
    int characters = value.place.column - 1;  // the parser counts characters, not bytes
    std::size_t at = 0;
    while (at < rest.size() && characters > 0) {
      do ++at;
      while (at < rest.size() && (static_cast<unsigned char>(rest[at]) & 0xC0U) == 0x80U);
      --characters;
    }
    rest.remove_prefix(std::min(at, rest.size()));
    return rest.starts_with(value.text) ? rest.substr(value.text.size()) : "";
  }

 private:
  std::vector<std::string_view> lines_;
};

class TextLayer {
 public:
  TextLayer(const Yaml& root, std::string_view text, std::string_view file, std::span<const Metric> metrics)
      : root_(root), file_(file), metrics_(metrics), ids_(root, shapes_), lines_(text) {}

  std::vector<Finding> Examine() {
    const Shape* file = shapes_.Find("file");
    if (file == nullptr) return {};
    if (root_.IsMap() || root_.IsNull()) {
      Block(root_, *file, {"the plan", "", false});
    } else {
      Add("T02", {"A plan", "a map with keys such as brand and outcomes", "", ""}, root_.place, {}, true);
    }
    Repeats();
    CustomMetrics();
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& left, const Finding& right) {
      return std::pair(left.place.line, left.place.column) < std::pair(right.place.line, right.place.column);
    });
    if (Full()) findings_.push_back(Say(rules_.Find("T10"), {}, file_, findings_.back().place, ""));
    return std::move(findings_);
  }

 private:
  bool Full() const { return findings_.size() >= kMostFindings; }

  /// The finding that was added; nullptr when there are too many already.
  Finding* Add(std::string_view rule, const Said& said, const Place& place, const Spot& spot,
               bool error = false) {
    if (Full()) return nullptr;
    findings_.push_back(Say(rules_.Find(rule), said, file_, place, spot.node));
    if (error) findings_.back().severity = Severity::kError;
    return &findings_.back();
  }

  /// A more exact advice in the place of the rule's own.
  static void Advise(Finding* finding, const std::string& advice) {
    if (finding != nullptr && !advice.empty()) finding->fix = advice;
  }

  /// The word that was probably meant, before the rule's own advice.
  void AdviseWord(Finding* finding, std::string_view word, const std::vector<std::string>& known) {
    if (finding == nullptr) return;
    const std::string meant = suggester_.Suggest(word, known);
    if (!meant.empty()) finding->fix = Capital(meant) + " " + finding->fix;
  }

  void Block(const Yaml& map, const Shape& shape, const Spot& spot) {
    std::unordered_set<std::string_view> present;
    for (const Yaml::Entry& entry : map.entries) {
      if (Full()) return;
      const ShapeKey* key = shape.Find(entry.key);
      if (key == nullptr) {
        Unknown(entry, shape, spot);
        continue;
      }
      if (entry.value.IsNull()) continue;
      present.insert(key->name);
      Value(entry.value, key->forms, *key, {spot.block, spot.node, spot.vital || key->vital});
      if (!key->not_before.empty()) Order(map, entry.value, *key, spot);
    }
    for (const ShapeKey& key : shape.keys) {
      if (!key.required || present.count(key.name) > 0) continue;
      Finding* finding = Add("T03", {key.name, Capital(spot.block), "", ""}, map.place, spot);
      if (finding != nullptr) finding->severity = *key.required;
    }
  }

  static std::string Capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  void Unknown(const Yaml::Entry& entry, const Shape& shape, const Spot& spot) {
    const bool slip = entry.value.IsNull() && entry.key.find(' ') != std::string::npos;
    Finding* finding =
        Add("T01", {Shortened(entry.key), spot.block, "", slip ? "slip" : ""}, entry.place, spot);
    if (slip) {
      Advise(finding, "Put quotes around sentences that contain ? : , or #.");
    } else {
      AdviseWord(finding, entry.key, shape.names);
    }
  }

  static std::string NameOf(const ShapeKey& key, const Spot& spot) {
    return "'" + key.name + "' of " + spot.block;
  }

  static bool Fits(const Form& form, const Yaml& value) {
    if (form.kind == Form::Kind::kAny) return true;
    if (value.IsScalar()) return form.IsScalar() || (form.kind == Form::Kind::kList && form.of[0].IsScalar());
    if (value.IsList()) return form.kind == Form::Kind::kList;
    return form.kind == Form::Kind::kMap || form.kind == Form::Kind::kShape;
  }

  void Value(const Yaml& value, const std::vector<Form>& forms, const ShapeKey& key, const Spot& spot) {
    if (Full()) return;
    const auto form =
        std::find_if(forms.begin(), forms.end(), [&](const Form& one) { return Fits(one, value); });
    if (form == forms.end()) return WrongKind(value, forms, key, spot);
    switch (form->kind) {
      case Form::Kind::kAny:
        return;
      case Form::Kind::kShape:
        return Nested(value, *form, key, spot);
      case Form::Kind::kMap:
        return Map(value, *form, key, spot);
      case Form::Kind::kList:
        if (value.IsScalar()) return Scalar(value, form->of[0], key, spot);
        for (const Yaml& item : value.items) {
          if (!item.IsNull()) Value(item, form->of, key, spot);
        }
        return;
      default:
        Scalar(value, *form, key, spot);
    }
  }

  void WrongKind(const Yaml& value, const std::vector<Form>& forms, const ShapeKey& key, const Spot& spot) {
    std::string wanted;
    for (const Form& form : forms) wanted += (wanted.empty() ? "" : " or ") + ToWords(form);
    const std::string got = value.IsScalar() ? "'" + Shortened(value.text) + "'"
                            : value.IsList() ? "a list"
                                             : "a map";
    Finding* finding =
        Add("T02", {NameOf(key, spot), wanted + ", not " + got, "", ""}, value.place, spot, spot.vital);
    if (value.IsMap() && forms[0].IsScalar()) {
      Advise(finding, "If this is a sentence, put quotes around it; it contains ? : , or #.");
    } else if (value.IsScalar() && forms[0].kind == Form::Kind::kList) {
      Advise(finding, "Begin each entry with a dash on a line of its own.");
    }
  }

  void Nested(const Yaml& value, const Form& form, const ShapeKey& key, const Spot& spot) {
    const Shape* shape = shapes_.Find(form.shape);
    if (shape == nullptr) return;
    const std::string id = value.Text("id");
    Spot inner = spot;
    if (!key.ids.empty()) {
      inner.block = id.empty() ? "the " + key.ids + " in line " + std::to_string(value.place.line)
                               : key.ids + " " + Shortened(id);
      if (Carries(key.ids)) inner.node = id;
    } else if (spot.block == "the plan" || key.forms[0].kind == Form::Kind::kList) {
      inner.block = key.name;
    }
    Block(value, *shape, inner);
  }

  bool Carries(std::string_view kind) const {
    for (const std::vector<std::string>& space : shapes_.name_spaces()) {
      if (std::find(space.begin(), space.end(), kind) != space.end()) return true;
    }
    return false;
  }

  void Map(const Yaml& value, const Form& form, const ShapeKey& key, const Spot& spot) {
    for (const Yaml::Entry& entry : value.entries) {
      const bool known =
          key.keys.empty() || std::find(key.keys.begin(), key.keys.end(), entry.key) != key.keys.end();
      if (!known) Word(entry.key, key.keys, entry.place, key, spot);
      if (!entry.value.IsNull()) Value(entry.value, form.of, key, spot);
    }
  }

  void Word(const std::string& word, const std::vector<std::string>& words, const Place& place,
            const ShapeKey& key, const Spot& spot) {
    std::string all;
    for (const std::string& one : words) all += (all.empty() ? "" : ", ") + one;
    AdviseWord(Add("T04", {Shortened(word), NameOf(key, spot), all, ""}, place, spot), word, words);
  }

  void Scalar(const Yaml& value, const Form& form, const ShapeKey& key, const Spot& spot) {
    if (const std::optional<ValueFault> fault = CheckScalar(value, form, key))
      return Fault(value, *fault, key, spot);
    if (form.kind == Form::Kind::kWord &&
        std::find(key.words.begin(), key.words.end(), value.text) == key.words.end()) {
      return Word(value.text, key.words, value.place, key, spot);
    }
    if (form.kind == Form::Kind::kId && !key.refers.empty()) Reference(value, key, spot);
    if (form.kind != Form::Kind::kText) return;
    const std::string_view behind = lines_.Behind(value);
    const std::size_t hash = behind.find_first_not_of(" \t");
    const bool lost = hash != std::string_view::npos && hash > 0 && behind[hash] == '#' &&
                      hash + 1 < behind.size() && behind[hash + 1] != ' ' && behind[hash + 1] != '#';
    if (lost) Add("T09", {"'" + Shortened(value.text) + "'", "", "", ""}, value.place, spot);
  }

  void Fault(const Yaml& value, const ValueFault& fault, const ShapeKey& key, const Spot& spot) {
    Finding* finding = nullptr;
    switch (fault.kind) {
      case ValueFault::Kind::kType:
        finding = Add("T02", {NameOf(key, spot), fault.says, "", ""}, value.place, spot, spot.vital);
        break;
      case ValueFault::Kind::kNoSuchDay:
        finding = Add("T07", {"'" + Shortened(value.text) + "'", "", "", ""}, value.place, spot, spot.vital);
        break;
      case ValueFault::Kind::kRange:
        finding = Add("T08", {NameOf(key, spot), fault.says, "", ""}, value.place, spot, spot.vital);
        break;
    }
    Advise(finding, fault.fix);
  }

  void Reference(const Yaml& value, const ShapeKey& key, const Spot& spot) {
    bool any_defined = false;
    std::string kinds;
    for (const std::string& kind : key.refers) {
      if (ids_.Has(kind, value.text)) return;
      any_defined |= !ids_.Empty(kind);
      kinds += (kinds.empty() ? "" : " or ") + kind;
    }
    if (!any_defined) return;  // the plan has none of them yet; the chain layer says what is missing
    const auto [known, is_new] = known_ids_.try_emplace(kinds);
    if (is_new) known->second = ids_.Of(key.refers);
    AdviseWord(Add("T06", {Shortened(value.text), kinds, "", ""}, value.place, spot), value.text,
               known->second);
  }

  void Order(const Yaml& map, const Yaml& value, const ShapeKey& key, const Spot& spot) {
    const std::optional<Day> last = BoundOf(&value, true), first = BoundOf(map.Find(key.not_before), false);
    if (!first || !last || *last >= *first) return;
    const Said said = {NameOf(key, spot) + " (" + ToIso(*last) + ")",
                       key.not_before + " (" + ToIso(*first) + ")", "", "order"};
    Advise(Add("T07", said, value.place, spot, spot.vital), "Correct one of the two days.");
  }

  void Repeats() {
    for (const Repeat& repeat : ids_.repeats()) {
      const Spot spot = {"", Carries(repeat.kind) ? std::string(repeat.id) : "", false};
      Add("T05", {Shortened(repeat.id), std::to_string(repeat.first.line), "", ""}, repeat.place, spot);
    }
  }

  /// A metric of one's own must not take the name of one that everybody knows.
  void CustomMetrics() {
    const Yaml* custom = root_.Find("custom_metrics");
    if (custom == nullptr) return;
    std::unordered_set<std::string_view> known;
    for (const Metric& metric : metrics_) {
      if (!metric.where.starts_with(file_))
        known.insert(metric.id);  // the caller may have added them already
    }
    for (const Yaml::Entry& entry : custom->entries) {
      if (known.count(entry.key) > 0)
        Add("T05", {Shortened(entry.key), "", "", "hides"}, entry.place, {}, true);
    }
    for (const Yaml& item : custom->items) {
      const Yaml* id = item.Find("id");
      if (id != nullptr && known.count(id->text) > 0)
        Add("T05", {Shortened(id->text), "", "", "hides"}, id->place, {}, true);
    }
  }

  const Yaml& root_;
  std::string_view file_;
  std::span<const Metric> metrics_;
  const Shapes& shapes_ = Shapes::Shipped();
  const Rulebook& rules_ = Rulebook::Shipped();
  Ids ids_;
  Lines lines_;
  Suggester suggester_;
  std::map<std::string, std::vector<std::string>, std::less<>> known_ids_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> ExamineText(const Yaml& root, std::string_view text, std::string_view file,
                                 std::span<const Metric> metrics) {
  return TextLayer(root, text, file, metrics).Examine();
}

}  // namespace backcast
