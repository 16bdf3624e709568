#include <xgrad/models/mnist/options.hpp>
#include <xgrad/models/mnist/walk.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

int main(int argument_count, char** arguments) {
  try {
    // The next file to be opened would take its place, and receive what is printed.
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0) throw std::runtime_error("the standard output is closed; send it somewhere");
    const auto parsed = mnist::parse_options(argument_count, arguments);
    if (const auto* code = std::get_if<int>(&parsed)) return *code;
    mnist::walk(std::get<mnist::Options>(parsed));
    if (std::fflush(stdout) != 0) throw std::runtime_error("cannot write to the standard output");
    return 0;
  } catch (const std::exception& error) {
    std::string line = error.what();
    std::ranges::replace(line, '\n', ' ');
    std::cerr << "error: " << line << '\n';
    return 1;
  }
}
