// SPDX-License-Identifier: Apache-2.0
// Archives and workbooks, made here with libzip and zlib.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>
#include <zlib.h>

#include "ingest/read/number_format.h"
#include "ingest/read/reading.h"

namespace backcast {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Parts = std::vector<std::pair<std::string, std::string>>;

/// A zip archive of `parts`; with a password all are encrypted.
std::string Zip(const Parts& parts, const char* password = nullptr) {
  zip_error_t fault;
  zip_error_init(&fault);
  zip_source_t* out = zip_source_buffer_create(nullptr, 0, 0, &fault);
  zip_source_keep(out);
  zip_t* archive = zip_open_from_source(out, ZIP_TRUNCATE, &fault);
  for (const auto& [name, text] : parts) {
    zip_source_t* part = zip_source_buffer(archive, text.data(), text.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    if (password != nullptr)
      zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(out);
  zip_source_seek(out, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(out)), '\0');
  zip_source_seek(out, 0, SEEK_SET);
  zip_source_read(out, bytes.data(), bytes.size());
  zip_source_close(out);
  zip_source_free(out);
  return bytes;
}

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(Gzip, IsKnownByItsBytesAndMayHaveSeveralMembers) {
  const ReadFileWhole file = ReadWhole(Gzip("a,b\n1,2\n") + Gzip("3,4\n"), "export.csv");
  ASSERT_EQ(file.tables.size(), 1u) << file.fault;
  EXPECT_THAT(file.tables[0].rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
}

TEST(Gzip, CutOffNamesTheLineUpToWhichItCouldBeRead) {
  std::string text = "a,b\n";
  std::uint32_t noise = 1;
  for (int i = 0; i < 20000; ++i) text += std::to_string(noise = noise * 1664525 + 1013904223) + ",x\n";
  std::string packed = Gzip(text);
  packed.resize(packed.size() / 2);
  const ReadFileWhole file = ReadWhole(packed, "cut.csv.gz");
  ASSERT_EQ(file.tables.size(), 1u) << file.fault;
  const ReadTableWhole& table = file.tables[0];
  EXPECT_GT(table.rows.size(), 5000u);
  EXPECT_THAT(table.fault, HasSubstr("cut.csv.gz:" + std::to_string(table.rows.size() + 2) +
                                     ": the gzip stream breaks off after"));
}

TEST(Archive, MembersAreTablesAndNamesAreOnlyNames) {
  const ReadFileWhole file = ReadWhole(Zip({{"../../etc/evil.csv", "a,b\n1,2\n"},
                                            {"may/posts.csv.gz", Gzip("c,d\n3,4\n")},
                                            {"/abs.csv", "e,f\n5,6\n"},
                                            {"__MACOSX/._x", "zz"},
                                            {"cover.pdf", "%PDF-1.4"}}),
                                       "export.zip");
  ASSERT_EQ(file.tables.size(), 3u) << file.fault;
  EXPECT_EQ(file.tables[0].head.member, "../../etc/evil.csv");
  EXPECT_EQ(file.tables[1].head.member, "may/posts.csv.gz");
  EXPECT_THAT(file.tables[1].rows, ElementsAre(ElementsAre("3", "4")));
  EXPECT_EQ(file.tables[2].head.member, "/abs.csv");
}

TEST(Archive, AMemberThatClaimsToBeATableMustBeOne) {
  EXPECT_THAT(
      ReadWhole(Zip({{"a.csv", "a,b\n1,2\n"}, {"photo.csv", "\x89PNG\r\n\x1a\n...."}}), "export.zip").fault,
      HasSubstr("export.zip/photo.csv: is a PNG image, not a table"));
}

TEST(Archive, RefusesBombsEncryptionCutsAndCrowds) {
  EXPECT_THAT(ReadWhole(Zip({{"../bomb.csv", std::string(100 << 20, '0')}}), "bomb.zip").fault,
              HasSubstr("unpacks to more than 200 times its size"));
  EXPECT_THAT(ReadWhole(Zip({{"a.csv", "a,b\n1,2\n"}}, "secret"), "e.zip").fault,
              HasSubstr("e.zip/a.csv: is encrypted"));
  std::string cut = Zip({{"a.csv", "a,b\n1,2\n"}});
  cut.resize(cut.size() - 30);
  EXPECT_THAT(ReadWhole(cut, "cut.zip").fault, HasSubstr("cut.zip: the zip archive is damaged or cut off"));
  ReadLimits limits;
  limits.members = 2;
  EXPECT_THAT(
      ReadWhole(Zip({{"a.csv", "a,b\n"}, {"b.csv", "a,b\n"}, {"c.csv", "a,b\n"}}), "many.zip", limits).fault,
      HasSubstr("holds 3 files"));
  limits.unpacked_bytes = 100;
  EXPECT_THAT(ReadWhole(Zip({{"a.csv", std::string(1000, 'x')}}), "big.zip", limits).fault,
              HasSubstr("unpacks to more than 100 bytes"));
}

TEST(Archive, ADamagedMemberIsAnErrorWithItsLine) {
  std::string text = "day,note\n";
  std::uint32_t noise = 7;
  for (int i = 0; i < 3000; ++i)
    text += "2026-01-01," + std::to_string(noise = noise * 1664525 + 1013904223) + "\n";
  std::string bytes = Zip({{"a.csv", text}});
  bytes[bytes.size() / 2] ^= 0x55;
  const ReadFileWhole file = ReadWhole(bytes, "hurt.zip");
  const std::string fault = file.tables.empty() ? file.fault : file.tables[0].fault;
  EXPECT_THAT(fault, HasSubstr("hurt.zip/a.csv"));
  EXPECT_THAT(fault, HasSubstr("damaged"));
}

/// A workbook with the given sheet data; style 1 is a date, 2 a date and time, 3 a percentage, 4 a duration.
std::string Book(const std::string& rows, const std::string& second_rows = "") {
  const std::string sheet =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
  const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return Zip(
      {{"xl/workbook.xml", "<?xml version=\"1.0\"?><workbook xmlns:r=\"" + type +
                               "\"><sheets><sheet name=\"Posts &amp; Reels\" sheetId=\"1\" r:id=\"r1\"/>"
                               "<sheet name=\"Notes\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"" + type +
                                          "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                          "<Relationship Id=\"r2\" Type=\"" +
                                          type +
                                          "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
                                          "<Relationship Id=\"r3\" Type=\"" +
                                          type +
                                          "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
       {"xl/sharedStrings.xml",
        "<sst><si><t>Day</t></si><si><r><t>Cap</t></r><r><t>tion</t></r></si><si><t>Line "
        "one,_x000A_\"two\"</t></si></sst>"},
       {"xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd hh:mm\"/><numFmt "
        "numFmtId=\"171\" formatCode=\"[h]:mm:ss\"/></numFmts>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"10\"/><xf "
        "numFmtId=\"171\"/></cellXfs></styleSheet>"},
       {"xl/worksheets/sheet1.xml", sheet + rows + "</sheetData></worksheet>"},
       {"xl/worksheets/sheet2.xml", sheet + second_rows + "</sheetData></worksheet>"}});
}

TEST(Workbook, CellsComeAsTextThatCannotBeMisread) {
  const ReadFileWhole file =
      ReadWhole(Book("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Performance report</t></is></c></row>"
                     "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c><c "
                     "r=\"C3\" t=\"str\"><v>Rate</v></c>"
                     "<c r=\"D3\" t=\"inlineStr\"><is><t>Length</t></is></c><c r=\"E3\" "
                     "t=\"str\"><v>At</v></c><c r=\"F3\" t=\"str\"><v>Paid</v></c></row>"
                     "<row r=\"4\"><c r=\"A4\" s=\"1\"><v>45717</v></c><c r=\"B4\" t=\"s\"><v>2</v></c><c "
                     "r=\"C4\" s=\"3\"><v>5.0200000000000002E-2</v></c>"
                     "<c r=\"D4\" s=\"4\"><v>1.0531250000000001</v></c><c r=\"E4\" "
                     "s=\"2\"><v>45717.21875</v></c><c r=\"F4\" t=\"b\"><v>1</v></c></row>"
                     "<row r=\"6\"><c r=\"A6\" s=\"1\"><v>45718</v></c><c "
                     "r=\"C6\"><v>0.10000000000000001</v></c></row>"),
                "book.xlsx");
  ASSERT_EQ(file.tables.size(), 1u) << file.fault;
  const ReadTableWhole& table = file.tables[0];
  EXPECT_EQ(table.head.member, "Posts & Reels");
  EXPECT_EQ(table.head.separator, 'x');
  EXPECT_THAT(table.head.preamble, ElementsAre(ElementsAre("Performance report")));
  EXPECT_EQ(table.head.header_line, 3);
  EXPECT_THAT(table.head.header, ElementsAre("Day", "Caption", "Rate", "Length", "At", "Paid"));
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre("2025-03-01", "Line one,\n\"two\"", "5.02%", "25:16:30",
                                                  "2025-03-01T05:15:00", "TRUE"),
                                      ElementsAre("2025-03-02", "", "0.1", "", "", "")));
  EXPECT_THAT(table.lines, ElementsAre(4, 6));
  EXPECT_THAT(table.refused, IsEmpty());
}

TEST(Workbook, DamageIsASentence) {
  EXPECT_THAT(ReadWhole(Book("<row><c"), "b.xlsx").fault,
              HasSubstr("b.xlsx/xl/worksheets/sheet1.xml: the workbook is damaged"));
  EXPECT_THAT(ReadWhole(Book(""), "b.xlsx").fault, HasSubstr("is a workbook without any cells"));
  EXPECT_THAT(ReadWhole(Book("<row r=\"99999999\"><c><v>1</v></c></row>"), "b.xlsx").fault,
              HasSubstr("more rows than a sheet can have"));
}

TEST(NumberFormat, TellsDatesFromNumbers) {
  EXPECT_EQ(KindOfFormat("0.00"), CellKind::kNumber);
  EXPECT_EQ(KindOfFormat("#,##0.00\\ \"days\""), CellKind::kNumber);
  EXPECT_EQ(KindOfFormat("[Red]0.0%"), CellKind::kPercent);
  EXPECT_EQ(KindOfFormat("[$-409]mmm\\ d,\\ yyyy"), CellKind::kDate);
  EXPECT_EQ(KindOfFormat("General"), CellKind::kNumber);
  EXPECT_EQ(KindOfFormat("[mm]:ss"), CellKind::kElapsed);
  EXPECT_EQ(CellText("1", CellKind::kDate, false), "1900-01-01");
  EXPECT_EQ(CellText("61", CellKind::kDate, false), "1900-03-01");
  EXPECT_EQ(CellText("0", CellKind::kDate, true), "1904-01-01");
  EXPECT_EQ(CellText("1.23456789012345E+17", CellKind::kNumber, false), "1.23456789012345E+17");
  EXPECT_EQ(CellText("1.0E2", CellKind::kNumber, false), "100");
}

}  // namespace
}  // namespace backcast
