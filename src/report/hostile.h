// SPDX-License-Identifier: Apache-2.0
// Text that a platform or person wrote, made safe to show: what comes in are any bytes, what goes out is
// valid UTF-8 in which nothing moves a cursor, turns the reading direction or starts a tag.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/utf8.h"

namespace backcast {

/// Control characters become pictures (ESC is ␛), direction overrides and invisible separators become
/// <U+202E>, tabs and line breaks one space; with `keep_lines` a line feed stays.
std::string Visible(std::string_view text, bool keep_lines = false);

/// Visible() text for HTML and SVG, both between tags and inside a double-quoted attribute.
std::string EscapeHtml(std::string_view text, bool keep_lines = false);

/// Visible() text for a line of CommonMark or a cell of a GitHub table: no link, tag, emphasis or column can
/// begin.
std::string EscapeMarkdown(std::string_view text);

/// One RFC 4180 field. With `is_text`, a leading = + - @ TAB CR or NUL gets an apostrophe before it, so that
/// no spreadsheet runs it.
std::string EscapeCsv(std::string_view text, bool is_text);

}  // namespace backcast
