// SPDX-License-Identifier: Apache-2.0
#include "plan/sentences.h"

#include <algorithm>

#include "plan/ids.h"

namespace backcast {
namespace {

int Characters(std::string_view text) {
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class Rejoiner {
 public:
  explicit Rejoiner(const Shapes& shapes) : shapes_(shapes) {}

  void Block(Yaml& map, const Shape& shape) {
    bool taken_apart = false;
    for (Yaml::Entry& entry : map.entries) {
      const ShapeKey* key = shape.Find(entry.key);
      taken_apart |= key == nullptr && entry.value.IsNull();
      if (key != nullptr) Value(entry.value, key->forms);
    }
    if (taken_apart) Rejoin(map, shape);
  }

 private:
  void Value(Yaml& value, const std::vector<Form>& forms) {
    for (const Form& form : forms) {
      if (form.kind == Form::Kind::kShape && value.IsMap()) {
        if (const Shape* shape = shapes_.Find(form.shape)) Block(value, *shape);
      }
      if (form.kind == Form::Kind::kList) {
        for (Yaml& item : value.items) Value(item, form.of);
      }
      if (form.kind == Form::Kind::kMap) {
        for (Yaml::Entry& entry : value.entries) Value(entry.value, form.of);
      }
    }
  }

  static bool TakesText(const Shape& shape, std::string_view name) {
    const ShapeKey* key = shape.Find(name);
    return key != nullptr && std::any_of(key->forms.begin(), key->forms.end(),
                                         [](const Form& form) { return form.kind == Form::Kind::kText; });
  }

  void Rejoin(Yaml& map, const Shape& shape) {
    std::vector<Yaml::Entry> kept;
    int end = 0;  // column behind the last part
    for (Yaml::Entry& entry : map.entries) {
      Yaml::Entry* before = kept.empty() ? nullptr : &kept.back();
      if (before == nullptr || !Continues(*before, entry, shape)) {
        end = entry.value.place.column + Characters(entry.value.text);
        kept.push_back(std::move(entry));
        continue;
      }
      before->value.text += entry.place.column == end + 1 ? "," : ", ";
      before->value.text += entry.key;
      end = entry.place.column + Characters(entry.key);
    }
    map.entries = std::move(kept);
  }

  bool Continues(const Yaml::Entry& before, const Yaml::Entry& entry, const Shape& shape) {
    if (!entry.value.IsNull() || shape.Find(entry.key) != nullptr) return false;
    if (!before.value.IsScalar() || before.value.quoted || !TakesText(shape, before.key)) return false;
    if (before.value.place.line != entry.place.line) return false;
    return entry.key.find(' ') != std::string::npos || suggester_.Suggest(entry.key, shape.names).empty();
  }

  const Shapes& shapes_;
  Suggester suggester_;
};

}  // namespace

void RejoinSentences(Yaml& root, const Shapes& shapes) {
  if (const Shape* file = shapes.Find("file"); file != nullptr && root.IsMap())
    Rejoiner(shapes).Block(root, *file);
}

}  // namespace backcast
