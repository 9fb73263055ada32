console.log('p');
