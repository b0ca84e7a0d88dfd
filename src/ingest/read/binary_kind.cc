// SPDX-License-Identifier: Apache-2.0
// Names files that are no tables by their first bytes, so that the refusal can say what they are.
#include <array>
#include <string>

#include "base/ascii.h"
#include "ingest/read/encoding.h"

namespace backcast {
namespace {

struct Magic {
  std::string_view bytes;
  std::string_view kind;
};

using namespace std::string_view_literals;

constexpr std::array kMagic = {
    Magic{"\x89PNG\r\n\x1a\n"sv, "a PNG image"},
    Magic{"\xff\xd8\xff"sv, "a JPEG image"},
    Magic{"GIF8"sv, "a GIF image"},
    Magic{"BM\0\0"sv, "a bitmap image"},
    Magic{"II*\0"sv, "a TIFF image"},
    Magic{"MM\0*"sv, "a TIFF image"},
    Magic{"RIFF"sv, "a picture, sound or film"},
    Magic{"OggS"sv, "a sound or film"},
    Magic{"ID3\x03"sv, "a sound"},
    Magic{"%PDF-"sv, "a PDF document"},
    Magic{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv,
          "an old Excel or Office file (.xls); save it as .xlsx or CSV"},
    Magic{"PAR1"sv, "a Parquet file"},
    Magic{"SQLite format 3\0"sv, "an SQLite database"},
    Magic{"Rar!\x1a\x07"sv, "a RAR archive; unpack it first"},
    Magic{"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive; unpack it first"},
    Magic{"BZh"sv, "a bzip2 archive; unpack it first"},
    Magic{"\xfd"
          "7zXZ\0"sv,
          "an xz archive; unpack it first"},
    Magic{"\x28\xb5\x2f\xfd"sv, "a Zstandard archive; unpack it first"},
    Magic{"\x1f\x8b"sv, "a gzip archive inside another one; unpack it first"},
    Magic{"PK\x03\x04"sv, "a zip archive inside another one; unpack it first"},
    Magic{"\x7f"
          "ELF"sv,
          "a program"},
    Magic{"MZ\x90\0"sv, "a program"},
    Magic{"\0asm"sv, "a program"},
    Magic{"wOFF"sv, "a font"},
    Magic{"wOF2"sv, "a font"},
    Magic{"Obj\x01"sv, "an Avro file"},
    Magic{"ORC"sv, "an ORC file"},
    Magic{"{\\rtf"sv, "an RTF document"},
};

bool IsHtml(std::string_view head) {
  while (!head.empty() && (head[0] == ' ' || head[0] == '\n' || head[0] == '\r' || head[0] == '\t'))
    head.remove_prefix(1);
  const std::string lower = LowerAscii(head.substr(0, 16));
  return lower.starts_with("<!doctype html") || lower.starts_with("<html");
}

}  // namespace

std::string_view BinaryKind(std::string_view head) {
  for (const Magic& magic : kMagic) {
    if (!head.starts_with(magic.bytes)) continue;
    // Three letters may also begin a header; the binary formats behind them have zero or high bytes soon
    // after.
    if (magic.bytes.size() <= 4 && IsAscii(head.substr(0, 64)) && head.substr(0, 64).find('\0') == head.npos)
      continue;
    return magic.kind;
  }
  if (head.size() > 12 && head.substr(4, 4) == "ftyp") return "a film or picture";
  if (IsHtml(head)) return "a web page (perhaps the log-in page of the platform)";
  if (head.starts_with("<?xml")) return "an XML document";
  return {};
}

}  // namespace backcast
