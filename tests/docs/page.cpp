#include "page.hpp"

#include <utility>

namespace page {
namespace {

// The text with every run of white space as one space.
std::string words(const std::string& text) {
  std::istringstream stream(text);
  std::string result;
  for (std::string word; stream >> word;) {
    if (!result.empty()) result += ' ';
    result += word;
  }
  return result;
}

}  // namespace

void compare(const std::string& place, const std::string& shown, const std::string& given) {
  if (words(shown) != words(given)) {
    throw std::runtime_error(place + ": the page shows\n" + shown + "\nbut the code gives\n" + given);
  }
}

Prints::Prints(std::string place) : place_(std::move(place)), screen_(std::cout.rdbuf(printed_.rdbuf())) {}

Prints::~Prints() { std::cout.rdbuf(screen_); }

void Prints::expect(const std::string& shown) {
  std::cout.rdbuf(screen_);
  std::cout << printed_.str();
  compare(place_, shown, printed_.str());
}

int failed(const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

}  // namespace page
