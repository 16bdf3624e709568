#pragma once

#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

/// What the programs that extract.awk makes of documentation pages need beside the page's own code.
namespace page {

/// Throws when a page shows another text than the one its code gives. White space may differ: pages wrap their lines.
void compare(const std::string& place, const std::string& shown, const std::string& given);

/// Runs a block that must throw an `Error`, with the message that the page shows unless it shows none.
template <class Error, class Block>
void throws(const std::string& place, Block block, const std::string& shown) {
  try {
    block();
  } catch (const Error& error) {
    if (!shown.empty()) compare(place, shown, error.what());
    return;
  } catch (const std::exception& error) {
    throw std::runtime_error(place + ": the page says that this block throws another type of error than\n" +
                             error.what());
  }
  throw std::runtime_error(place + ": the page says that this block throws, but it does not");
}

/// Keeps what is printed to `std::cout` from its construction until `expect`, which compares it with what the page
/// shows.
class Prints {
 public:
  explicit Prints(std::string place);
  ~Prints();
  Prints(const Prints&) = delete;
  Prints& operator=(const Prints&) = delete;

  void expect(const std::string& shown);

 private:
  std::string place_;
  std::ostringstream printed_;
  std::streambuf* screen_;
};

/// What a page's program returns when an exception ends it.
int failed(const std::exception& error);

}  // namespace page
