#pragma once

#include <boost/test/unit_test.hpp>

#include <string>

namespace xgrad::test {

/// Checks that `call` throws an Error whose text contains `text`.
template <class Error, class Call>
void check_error(Call call, const std::string& text) {
  try {
    call();
  } catch (const Error& error) {
    const std::string message = error.what();
    BOOST_CHECK_MESSAGE(message.find(text) != std::string::npos, "expected '" << text << "' in '" << message << "'");
    return;
  }
  BOOST_ERROR("nothing was thrown; expected '" << text << "'");
}

}  // namespace xgrad::test
