// Holds docs/operators.md to the registry:   operators_page FILE [--write]
#include <xgrad/framework/core/operator_reference.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

int main(int count, char** arguments) {
  if (count < 2 || count > 3 || (count == 3 && std::string(arguments[2]) != "--write")) {
    std::cerr << "operators_page: expected FILE [--write]\n";
    return 2;
  }
  std::ostringstream page;
  xgrad::write_operator_reference(page, xgrad::registered_operators());
  if (count == 3) {
    std::ofstream file(arguments[1]);
    return file << page.str() && file.flush() ? 0 : 1;
  }
  std::ifstream file(arguments[1]);
  if (std::string(std::istreambuf_iterator<char>(file), {}) == page.str()) return 0;
  std::cerr << arguments[1] << " does not say what the registry says. This writes it anew:\n  " << XGRAD_WRITE_COMMAND
            << '\n';
  return 1;
}
