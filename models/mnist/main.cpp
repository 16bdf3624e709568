#include <xgrad/models/mnist/options.hpp>
#include <xgrad/models/mnist/walk.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>

int main(int argument_count, char** arguments) {
  try {
    const auto parsed = mnist::parse_options(argument_count, arguments);
    if (const auto* code = std::get_if<int>(&parsed)) return *code;
    mnist::walk(std::get<mnist::Options>(parsed));
    return 0;
  } catch (const std::exception& error) {
    std::string line = error.what();
    std::ranges::replace(line, '\n', ' ');
    std::cerr << "error: " << line << '\n';
    return 1;
  }
}
