// Names every operator of the library that it is linked with, and refers to none.
#include <xgrad/framework/core/registry.hpp>

#include <iostream>

int main() {
  for (const auto& registered : xgrad::registered_operators()) std::cout << registered.entry.name << '\n';
}
