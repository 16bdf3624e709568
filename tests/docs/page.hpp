#pragma once

#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

/// What the programs that extract.awk makes of documentation pages need beside the page's own code.
namespace page {

/// The text with every run of white space as one space: pages may wrap their lines as they like.
inline std::string words(const std::string& text) {
  std::istringstream stream(text);
  std::string result;
  for (std::string word; stream >> word;) result += (result.empty() ? "" : " ") + word;
  return result;
}

/// Throws when a page shows another text than the one its code gives.
inline void compare(const std::string& place, const std::string& shown, const std::string& given) {
  if (words(shown) != words(given))
    throw std::runtime_error(place + ": the page shows\n" + shown + "\nbut the code gives\n" + given);
}

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
  explicit Prints(std::string place) : place_(std::move(place)), screen_(std::cout.rdbuf(printed_.rdbuf())) {}
  ~Prints() { std::cout.rdbuf(screen_); }
  Prints(const Prints&) = delete;
  Prints& operator=(const Prints&) = delete;

  void expect(const std::string& shown) {
    std::cout.rdbuf(screen_);
    std::cout << printed_.str();
    compare(place_, shown, printed_.str());
  }

 private:
  std::string place_;
  std::ostringstream printed_;
  std::streambuf* screen_;
};

/// What a page's program returns when an exception ends it.
inline int failed(const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

}  // namespace page
