// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <vector>

namespace backcast {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter OpenStrict(const std::string& name) {
  UErrorCode fault = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &fault));
  if (U_FAILURE(fault)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &fault);
  return U_FAILURE(fault) ? nullptr : std::move(converter);
}

void AppendUnits(const UChar* units, std::size_t count, std::string& out) {
  std::vector<char> utf8(count * 3 + 1);
  std::int32_t length = 0;
  UErrorCode fault = U_ZERO_ERROR;
  u_strToUTF8(utf8.data(), static_cast<std::int32_t>(utf8.size()), &length, units,
              static_cast<std::int32_t>(count), &fault);
  if (U_SUCCESS(fault)) {
    out.append(utf8.data(), static_cast<std::size_t>(length));
  } else {
    out += '\xff';
  }
}

/// Charsets of one byte a character: a table made once.
class ByteDecoder : public CharsetDecoder {
 public:
  explicit ByteDecoder(UConverter* converter) {
    for (int byte = 0; byte < 256; ++byte) {
      const char from = static_cast<char>(byte);
      std::array<UChar, 8> units;
      UErrorCode fault = U_ZERO_ERROR;
      const std::int32_t count = ucnv_toUChars(converter, units.data(), units.size(), &from, 1, &fault);
      // ICU gives the C1 controls to bytes that the charset leaves empty; nobody writes those in a table.
      const bool empty =
          U_FAILURE(fault) || count != 1 || (units[0] >= 0x80 && units[0] < 0xa0) || units[0] == 0xfffd;
      if (empty) {
        table_[static_cast<std::size_t>(byte)] = "\xff";
      } else {
        AppendUnits(units.data(), 1, table_[static_cast<std::size_t>(byte)]);
      }
    }
  }
  bool Append(std::string_view raw, bool, std::string& out) override {
    out.reserve(out.size() + raw.size() + raw.size() / 4);
    for (const char byte : raw) {
      if (static_cast<unsigned char>(byte) < 0x80) {
        out += byte;
      } else {
        out += table_[static_cast<unsigned char>(byte)];
      }
    }
    return true;
  }

 private:
  std::array<std::string, 256> table_;
};

class MultibyteDecoder : public CharsetDecoder {
 public:
  explicit MultibyteDecoder(Converter converter) : converter_(std::move(converter)) {}
  bool Append(std::string_view raw, bool last, std::string& out) override {
    const char* from = raw.data();
    const char* const end = from + raw.size();
    std::array<UChar, 4096> units;
    for (;;) {
      UChar* to = units.data();
      UErrorCode fault = U_ZERO_ERROR;
      ucnv_toUnicode(converter_.get(), &to, units.data() + units.size(), &from, end, nullptr, last, &fault);
      AppendUnits(units.data(), static_cast<std::size_t>(to - units.data()), out);
      if (U_SUCCESS(fault)) return true;
      if (fault == U_TRUNCATED_CHAR_FOUND) return false;
      if (fault != U_BUFFER_OVERFLOW_ERROR) {
        out += '\xff';
        ucnv_resetToUnicode(converter_.get());
      }
    }
  }

 private:
  Converter converter_;
};

/// Words written wholly in high bytes (Cyrillic, Greek, East Asian) against single accents inside Latin
/// words.
bool HighBytesComeInRuns(std::string_view text) {
  std::size_t high = 0, runs = 0;
  bool inside = false;
  for (const char c : text) {
    const bool is_high = static_cast<unsigned char>(c) >= 0x80;
    high += is_high;
    runs += is_high && !inside;
    inside = is_high;
  }
  return runs > 0 && high * 2 >= runs * 5;
}

/// The words around high bytes, which is all that tells one charset from another.
std::string Telling(std::string_view text) {
  std::string words;
  for (std::size_t at = 0; at < text.size() && words.size() < (64 << 10);) {
    const std::size_t end = std::min(text.find_first_of(",;\t|\n\r\"", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
      words.append(word);
      words += '\n';
    }
    at = end + 1;
  }
  return words;
}

/// The superset that Windows programs really write for what the detector calls by its ISO name.
std::string WindowsName(std::string_view name) {
  if (name == "ISO-8859-1") return "windows-1252";
  if (name == "ISO-8859-2") return "windows-1250";
  if (name == "ISO-8859-5" || name == "KOI8-R") return std::string(name);
  if (name == "ISO-8859-7") return "windows-1253";
  if (name == "ISO-8859-8" || name == "ISO-8859-8-I") return "windows-1255";
  if (name == "ISO-8859-6") return "windows-1256";
  if (name == "ISO-8859-9") return "windows-1254";
  return std::string(name);
}

bool IsLatin(const std::string& name) {
  return name == "windows-1252" || name == "windows-1250" || name == "windows-1254";
}

}  // namespace

std::string GuessCharset(std::string_view text) {
  const bool runs = HighBytesComeInRuns(text);
  const std::string words = Telling(text);
  UErrorCode fault = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&fault),
                                                                            &ucsdet_close);
  if (U_FAILURE(fault)) return "windows-1252";
  ucsdet_setText(detector.get(), words.data(), static_cast<std::int32_t>(words.size()), &fault);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &fault);
  if (U_FAILURE(fault)) return "windows-1252";
  std::string best = runs ? "windows-1251" : "windows-1252";
  std::int32_t best_confidence = runs ? 0 : 25;
  for (std::int32_t i = 0; i < count; ++i) {
    UErrorCode ignored = U_ZERO_ERROR;
    const char* raw_name = ucsdet_getName(matches[i], &ignored);
    const std::int32_t confidence = ucsdet_getConfidence(matches[i], &ignored);
    if (U_FAILURE(ignored) || raw_name == nullptr) continue;
    const std::string name = WindowsName(raw_name);
    if (name.starts_with("UTF-") || name.starts_with("IBM") || IsLatin(name) == runs) continue;
    if (confidence > best_confidence) {
      best = name;
      best_confidence = confidence;
    }
  }
  return best;
}

std::unique_ptr<CharsetDecoder> CharsetDecoder::Open(const std::string& name) {
  Converter converter = OpenStrict(name);
  if (!converter) return nullptr;
  if (ucnv_getMaxCharSize(converter.get()) == 1) return std::make_unique<ByteDecoder>(converter.get());
  return std::make_unique<MultibyteDecoder>(std::move(converter));
}

}  // namespace backcast
