// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/workbook.h"

#include <algorithm>
#include <map>
#include <optional>
#include <pugixml.hpp>

#include "ingest/read/csv.h"
#include "ingest/read/number_format.h"

namespace backcast {
namespace {

constexpr std::size_t kPartBytes = 256 << 20;
constexpr std::int64_t kRows = 1 << 20;
constexpr std::int64_t kColumns = 1 << 14;
constexpr std::size_t kSlack = 64;
constexpr const char* kBook = "xl/workbook.xml";

std::string_view Local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

pugi::xml_node Child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (Local(child) == name) return child;
  }
  return {};
}

std::string_view Attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    std::string_view full = attribute.name();
    if (const std::size_t colon = full.find(':'); colon != full.npos) full.remove_prefix(colon + 1);
    if (full == name) return attribute.value();
  }
  return {};
}

std::int64_t ToNumber(std::string_view digits) {
  std::int64_t number = 0;
  if (digits.empty() || digits.size() > 9) return -1;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// 2 of "C5"; -1 when there is no column in it.
std::int64_t ColumnOf(std::string_view reference) {
  std::int64_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + (c - 'A' + 1);
    if (column > kColumns) return -1;
  }
  return column - 1;
}

/// Undoes _x000D_ and the like, by which a workbook writes characters that XML cannot hold.
std::string Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_') {
      unsigned code = 0;
      int digits = 0;
      for (const char c : text.substr(i + 2, 4)) {
        const char lower = static_cast<char>(c | 32);
        const bool number = c >= '0' && c <= '9', letter = lower >= 'a' && lower <= 'f';
        digits += number || letter;
        code = code * 16 + static_cast<unsigned>(number ? c - '0' : lower - 'a' + 10);
      }
      if (digits == 4 && code > 0 && code < 0x80) {
        out += static_cast<char>(code);
        i += 6;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

/// The text of an <si> or <is>: its <t>, or those of its runs; phonetic runs are left out.
std::string RichText(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (Local(child) == "t") text += child.text().get();
    if (Local(child) == "r") text += Child(child, "t").text().get();
  }
  return Unescape(text);
}

class Workbook {
 public:
  Workbook(const StoredFile& file, const std::vector<ArchiveMember>& members, const ReadLimits& limits)
      : file_(file), limits_(limits) {
    for (const ArchiveMember& member : members) members_[member.name] = &member;
  }

  Result<std::vector<std::unique_ptr<RecordReader>>> Readers() {
    BACKCAST_TRY(const auto sheets, Sheets());
    BACKCAST_CHECK(ReadStyles());
    BACKCAST_CHECK(ReadStrings());
    std::vector<std::unique_ptr<RecordReader>> readers;
    std::optional<Error> first_fault;
    for (const auto& [title, part] : sheets) {
      BACKCAST_TRY(std::string text, SheetText(part));
      if (text.empty()) continue;
      const std::string name = file_.name + "/" + title;
      const std::size_t size = text.size();
      text.append(kSlack, '\0');
      Result<std::vector<TableSpec>> tables = FindTables({{text.data(), size}, true, true}, name, limits_);
      if (!tables.ok()) {
        if (!first_fault) first_fault = tables.error();
        continue;
      }
      text.resize(size);
      const auto kept = std::make_shared<const std::string>(std::move(text));
      for (TableSpec& table : tables.value()) {
        table.head.member = title;
        table.head.encoding = "UTF-8";
        table.head.separator = 'x';
        const OpenBytes open = [kept]() -> Result<std::unique_ptr<ByteSource>> { return OpenMemory(kept); };
        readers.push_back(ReadTable(open, std::move(table), name, limits_));
      }
    }
    if (readers.empty()) {
      return first_fault ? *first_fault
                         : Error{Code::kInput, file_.name, "is a workbook without any cells", ""};
    }
    return readers;
  }

 private:
  using Part = std::unique_ptr<pugi::xml_document>;

  Error Damaged(const std::string& part, const std::string& why) const {
    return {Code::kInput, file_.name + "/" + part, "the workbook is damaged (" + why + ")",
            "open it and save it again"};
  }

  /// The XML of one part; nullptr when there is none of that name.
  Result<Part> Open(const std::string& part) {
    const auto member = members_.find(part);
    if (member == members_.end()) return Part();
    BACKCAST_TRY(const std::unique_ptr<ByteSource> source, OpenMember(file_, *member->second, limits_));
    const Beginning bytes = ReadUpTo(*source, kPartBytes + 1);
    if (bytes.fault) return *bytes.fault;
    if (bytes.bytes.size() > kPartBytes) {
      return Error{Code::kInput, file_.name + "/" + part, "is larger than 256 MiB unpacked",
                   "save the sheet as CSV"};
    }
    auto document = std::make_unique<pugi::xml_document>();
    const auto options =
        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute | pugi::parse_ws_pcdata_single;
    const pugi::xml_parse_result parsed =
        document->load_buffer(bytes.bytes.data(), bytes.bytes.size(), options);
    if (!parsed) return Damaged(part, parsed.description());
    return document;
  }

  /// Titles and parts of the worksheets, in the order of their tabs.
  Result<std::vector<std::pair<std::string, std::string>>> Sheets() {
    BACKCAST_TRY(const Part book, Open(kBook));
    BACKCAST_TRY(const Part relations, Open("xl/_rels/workbook.xml.rels"));
    if (!relations) return Damaged("xl/_rels/workbook.xml.rels", "it is missing");
    std::map<std::string, std::string, std::less<>> targets;
    for (const pugi::xml_node& relation : relations->document_element().children()) {
      std::string target(Attribute(relation, "Target"));
      target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
      const std::string_view type = Attribute(relation, "Type");
      if (type.ends_with("/worksheet")) targets[std::string(Attribute(relation, "Id"))] = target;
      if (type.ends_with("/sharedStrings")) strings_part_ = target;
      if (type.ends_with("/styles")) styles_part_ = target;
    }
    const pugi::xml_node root = book->document_element();
    const std::string_view from_1904 = Attribute(Child(root, "workbookPr"), "date1904");
    from_1904_ = from_1904 == "1" || from_1904 == "true";
    std::vector<std::pair<std::string, std::string>> sheets;
    for (const pugi::xml_node& sheet : Child(root, "sheets").children()) {
      // The sheet's own "sheetId" is no help; the relation's id is the attribute called "id" in its
      // namespace.
      const auto target = targets.find(Attribute(sheet, "id"));
      if (target != targets.end()) sheets.emplace_back(Attribute(sheet, "name"), target->second);
    }
    return sheets;
  }

  Result<Done> ReadStyles() {
    BACKCAST_TRY(const Part styles, Open(styles_part_));
    if (!styles) return Done{};
    std::map<std::int64_t, CellKind> custom;
    for (const pugi::xml_node& format : Child(styles->document_element(), "numFmts").children()) {
      custom[ToNumber(Attribute(format, "numFmtId"))] = KindOfFormat(Attribute(format, "formatCode"));
    }
    for (const pugi::xml_node& style : Child(styles->document_element(), "cellXfs").children()) {
      const std::int64_t number = ToNumber(Attribute(style, "numFmtId"));
      const auto found = custom.find(number);
      kinds_.push_back(found != custom.end() ? found->second : KindOfBuiltIn(static_cast<int>(number)));
    }
    return Done{};
  }

  Result<Done> ReadStrings() {
    BACKCAST_TRY(const Part strings, Open(strings_part_));
    if (!strings) return Done{};
    for (const pugi::xml_node& item : strings->document_element().children()) {
      if (Local(item) == "si") strings_.push_back(RichText(item));
    }
    return Done{};
  }

  std::string ValueOf(const pugi::xml_node& cell) const {
    const std::string_view type = Attribute(cell, "t");
    if (type == "inlineStr") return RichText(Child(cell, "is"));
    const std::string_view value = Child(cell, "v").text().get();
    if (type == "s") {
      const std::int64_t index = ToNumber(value);
      return index >= 0 && index < static_cast<std::int64_t>(strings_.size())
                 ? strings_[static_cast<std::size_t>(index)]
                 : std::string();
    }
    if (type == "b") return value == "1" || value == "true" ? "TRUE" : "FALSE";
    if (type == "str") return Unescape(value);
    if (type == "e" || type == "d") return std::string(value);
    const std::int64_t style = ToNumber(Attribute(cell, "s"));
    const bool known = style >= 0 && style < static_cast<std::int64_t>(kinds_.size());
    return CellText(value, known ? kinds_[static_cast<std::size_t>(style)] : CellKind::kNumber, from_1904_);
  }

  static void AppendCell(std::string& text, std::string_view value) {
    if (value.find_first_of(",\"\r\n") == value.npos) {
      text += value;
      return;
    }
    text += '"';
    for (const char c : value) {
      if (c == '"') text += '"';
      text += c;
    }
    text += '"';
  }

  /// The sheet as separated text, one record for each row up to the last one; empty when no cell has a value.
  Result<std::string> SheetText(const std::string& part) {
    BACKCAST_TRY(const Part sheet, Open(part));
    if (!sheet) return Damaged(part, "it is missing");
    std::string text;
    std::size_t filled_end = 0;
    std::int64_t row_number = 0;
    for (const pugi::xml_node& row : Child(sheet->document_element(), "sheetData").children()) {
      if (Local(row) != "row") continue;
      const std::int64_t stated = ToNumber(Attribute(row, "r"));
      const std::int64_t number = stated > row_number ? stated : row_number + 1;
      if (number > kRows) return Damaged(part, "it has more rows than a sheet can have");
      text.append(static_cast<std::size_t>(number - row_number - 1), '\n');
      row_number = number;
      std::int64_t column = -1;
      for (const pugi::xml_node& cell : row.children()) {
        if (Local(cell) != "c") continue;
        const std::int64_t place = ColumnOf(Attribute(cell, "r"));
        const std::int64_t at = place > column ? place : column + 1;
        if (at >= kColumns) return Damaged(part, "it has more columns than a sheet can have");
        const std::string value = ValueOf(cell);
        if (value.empty()) continue;
        text.append(static_cast<std::size_t>(at - std::max<std::int64_t>(column, 0)), ',');
        column = at;
        AppendCell(text, value);
        filled_end = text.size();
      }
      text += '\n';
      if (text.size() > kPartBytes) return Damaged(part, "its text is over 256 MiB");
    }
    text.resize(filled_end);
    if (filled_end > 0) text += '\n';
    return text;
  }

  const StoredFile& file_;
  const ReadLimits& limits_;
  std::map<std::string, const ArchiveMember*, std::less<>> members_;
  std::string strings_part_ = "xl/sharedStrings.xml";
  std::string styles_part_ = "xl/styles.xml";
  std::vector<std::string> strings_;
  std::vector<CellKind> kinds_;
  bool from_1904_ = false;
};

}  // namespace

bool IsWorkbook(const std::vector<ArchiveMember>& members) {
  return std::any_of(members.begin(), members.end(),
                     [](const ArchiveMember& member) { return member.name == kBook; });
}

Result<std::vector<std::unique_ptr<RecordReader>>> ReadWorkbook(const StoredFile& file,
                                                                const std::vector<ArchiveMember>& members,
                                                                const ReadLimits& limits) {
  try {
    return Workbook(file, members, limits).Readers();
  } catch (const std::bad_alloc&) {
    return Error{Code::kUnavailable, file.name, "no memory to read the workbook", "save its sheets as CSV"};
  }
}

}  // namespace backcast
