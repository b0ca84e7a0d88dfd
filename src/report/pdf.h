// SPDX-License-Identifier: Apache-2.0
// The report on paper: a page that RenderHtml made, printed by a browser that is installed.
#pragma once

#include <string>

#include "base/result.h"

namespace backcast {

/// Prints the HTML file to a PDF file with Chromium or Chrome from PATH, without network, with a profile of
/// its own that is deleted afterwards, within 60 seconds. `pdf_path` appears whole or not at all; its folder
/// must exist. Errors: kInput (no such HTML file), kUnavailable (no browser, it failed, it took too long, the
/// folder cannot be written).
Result<Done> PrintPdf(const std::string& html_path, const std::string& pdf_path);

}  // namespace backcast
