// SPDX-License-Identifier: Apache-2.0
#include "guide/yaml_writer.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "base/ascii.h"

namespace backcast {
namespace {

constexpr std::size_t kWidth = 118;

/// The character at `at` and its length; length 0 when the bytes are no character.
std::pair<char32_t, std::size_t> CharacterAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return {0, 0};
  char32_t character = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {0, 0};
    character = character << 6 | (byte(at + i) & 0x3F);
  }
  const bool too_long = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  return too_long || surrogate || character > 0x10FFFF ? std::pair<char32_t, std::size_t>{0, 0}
                                                       : std::pair{character, length};
}

/// Characters that YAML does not allow as they are, or that a reader would not see.
bool MustEscape(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
         c == 0xFFFF;
}

bool IsPlainStart(char c) {
  return std::string_view("-?:,[]{}#&*!|>'\"%@`").find(c) == std::string_view::npos;
}

/// YAML 1.1 and 1.2 readers see null, a truth value or a number in these.
bool LooksLikeOtherThanText(std::string_view text) {
  const std::string lower = LowerAscii(text);
  for (const char* word : {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", ".nan", ".inf",
                           "nan", "inf", "infinity", "<<", "="}) {
    if (lower == word) return true;
  }
  const std::size_t first = text.find_first_not_of("+-.");
  return first < text.size() && text[first] >= '0' && text[first] <= '9' &&
         text.find_first_not_of("0123456789+-.eExXabcdefABCDEFoO_:") == std::string_view::npos;
}

bool CanStandPlain(std::string_view text) {
  if (text.empty() || !IsPlainStart(text.front()) || LooksLikeOtherThanText(text)) return false;
  if (text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (text.find_first_of(",[]{}\"#:?") != std::string_view::npos) return false;
  for (std::size_t at = 0; at < text.size();) {
    const auto [character, length] = CharacterAt(text, at);
    if (length == 0 || MustEscape(character)) return false;
    at += length;
  }
  return true;
}

std::string Scalar(const Block& block) {
  if (block.kind == Block::Kind::kPlain) return block.text;
  return CanStandPlain(block.text) ? block.text : QuotedYaml(block.text);
}

bool HasComments(const Block& block) {
  const auto any = [](const Block& inner) { return !inner.comments.empty() || HasComments(inner); };
  return std::any_of(block.items.begin(), block.items.end(), any) ||
         std::any_of(block.entries.begin(), block.entries.end(),
                     [&](const auto& entry) { return any(entry.second); });
}

/// The value on one line; stops early when it grows beyond `most`.
bool Flow(const Block& block, std::size_t most, std::string& line) {
  if (line.size() > most) return false;
  if (block.kind == Block::Kind::kList) {
    line += '[';
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      if (i > 0) line += ", ";
      if (!Flow(block.items[i], most, line)) return false;
    }
    line += ']';
  } else if (block.kind == Block::Kind::kMap) {
    line += '{';
    for (std::size_t i = 0; i < block.entries.size(); ++i) {
      line += (i > 0 ? ", " : "") + block.entries[i].first + ": ";
      if (!Flow(block.entries[i].second, most, line)) return false;
    }
    line += '}';
  } else {
    if (block.text.size() > most) return false;
    line += Scalar(block);
  }
  return line.size() <= most;
}

/// A comment on lines of its own, broken between words.
void Comment(std::string_view comment, const std::string& margin, std::string& out) {
  std::string clean;
  for (std::size_t at = 0; at < comment.size();) {
    const auto [character, length] = CharacterAt(comment, at);
    if (length == 0 || MustEscape(character)) {
      clean += ' ';
      at += std::max<std::size_t>(length, 1);
      continue;
    }
    clean += comment.substr(at, length);
    at += length;
  }
  const std::size_t room = kWidth - std::min<std::size_t>(margin.size() + 2, 60);
  for (std::string_view rest = clean;;) {
    std::size_t end = rest.size();
    if (end > room) {
      end = rest.rfind(' ', room);
      if (end == std::string_view::npos || end == 0) end = std::min(rest.find(' ', room), rest.size());
    }
    out += margin + "# " + std::string(rest.substr(0, end)) + "\n";
    if (end >= rest.size()) return;
    rest.remove_prefix(end + 1);
  }
}

class Writer {
 public:
  std::string Write(const Block& root) {
    Comments(root, "");
    if (root.kind == Block::Kind::kMap) {
      Entries(root, "", "");
    } else if (root.kind == Block::Kind::kList) {
      Items(root, "");
    } else if (root.kind != Block::Kind::kNothing) {
      out_ += Scalar(root) + "\n";
    }
    return std::move(out_);
  }

 private:
  void Comments(const Block& block, const std::string& margin) {
    for (const std::string& comment : block.comments) Comment(comment, margin, out_);
  }

  /// What follows "key:" or "-" that already stands at the end of the text, `used` characters into its line.
  void Value(const Block& value, const std::string& margin, std::size_t used, bool in_list) {
    const bool nests = (value.kind == Block::Kind::kMap && !value.entries.empty()) ||
                       (value.kind == Block::Kind::kList && !value.items.empty());
    if (!nests) {
      out_ += " " +
              (value.kind == Block::Kind::kMap    ? "{}"
               : value.kind == Block::Kind::kList ? "[]"
                                                  : Scalar(value)) +
              "\n";
      return;
    }
    std::string line;
    if (!HasComments(value) && used + 1 < kWidth && Flow(value, kWidth - used - 1, line)) {
      out_ += " " + line + "\n";
    } else if (value.kind == Block::Kind::kMap && in_list) {
      Entries(value, margin + "  ", " ");
    } else {
      out_ += "\n";
      if (value.kind == Block::Kind::kMap) {
        Entries(value, margin + "  ", "");
      } else {
        Items(value, in_list ? margin + "  " : margin);
      }
    }
  }

  /// `behind`: what stands before the first key, which goes on in the line of the dash.
  void Entries(const Block& map, const std::string& margin, const std::string& behind) {
    bool first = !behind.empty();
    for (const auto& [key, value] : map.entries) {
      // The first line of a list's entry belongs to the dash, so its comments would end up behind it.
      if (!first) Comments(value, margin);
      if (value.kind == Block::Kind::kNothing) continue;
      out_ += (first ? behind : margin) + key + ":";
      first = false;
      Value(value, margin, margin.size() + key.size() + 1, false);
    }
  }

  void Items(const Block& list, const std::string& margin) {
    for (const Block& item : list.items) {
      Comments(item, margin);
      if (item.kind == Block::Kind::kNothing) continue;
      out_ += margin + "-";
      Value(item, margin, margin.size() + 1, true);
    }
  }

  std::string out_;
};

}  // namespace

Block Block::Text(std::string_view text) {
  Block block;
  block.kind = Kind::kText;
  block.text = text;
  return block;
}

Block Block::Plain(std::string_view text) {
  Block block = Text(text);
  block.kind = Kind::kPlain;
  return block;
}

Block Block::List(std::vector<Block> items) {
  Block block;
  block.kind = Kind::kList;
  block.items = std::move(items);
  return block;
}

Block Block::Map() {
  Block block;
  block.kind = Kind::kMap;
  return block;
}

Block Block::Texts(const std::vector<std::string>& texts) {
  Block block = List();
  for (const std::string& text : texts) block.items.push_back(Text(text));
  return block;
}

Block Block::From(const Yaml& value) {
  if (value.IsScalar()) {
    // A plain scalar that our own rules would quote (a number, a truth value) was meant as that.
    return value.quoted || CanStandPlain(value.text) ? Text(value.text) : Plain(value.text);
  }
  Block block;
  if (value.IsNull()) return Plain("null");
  block.kind = value.IsMap() ? Kind::kMap : Kind::kList;
  for (const Yaml& item : value.items) block.items.push_back(From(item));
  for (const Yaml::Entry& entry : value.entries) block.entries.emplace_back(entry.key, From(entry.value));
  return block;
}

Block& Block::At(std::string_view path) {
  const std::size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  kind = Kind::kMap;
  auto found =
      std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == key; });
  if (found == entries.end()) {
    entries.emplace_back(std::string(key), Block());
    found = entries.end() - 1;
  }
  return dot == std::string_view::npos ? found->second : found->second.At(path.substr(dot + 1));
}

const Block* Block::Find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name == key) return &value;
  }
  return nullptr;
}

bool Block::IsEmpty() const {
  return kind == Kind::kNothing || (kind == Kind::kList && items.empty()) ||
         (kind == Kind::kMap && entries.empty());
}

std::string WriteYaml(const Block& root) { return Writer().Write(root); }

std::string QuotedYaml(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const auto [character, length] = CharacterAt(text, at);
    if (character == '"' || character == '\\') {
      out += '\\';
      out += static_cast<char>(character);
    } else if (character == '\n' && length > 0) {
      out += "\\n";
    } else if (character == '\t') {
      out += "\\t";
    } else if (MustEscape(character) && length > 0) {
      char escape[16];
      std::snprintf(escape, sizeof escape, character < 0x100 ? "\\x%02X" : "\\u%04X",
                    static_cast<unsigned>(character));
      out += escape;
    } else {
      out += text.substr(at, std::max<std::size_t>(length, 1));
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out + "\"";
}

bool IsUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = CharacterAt(text, at).second;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace backcast
